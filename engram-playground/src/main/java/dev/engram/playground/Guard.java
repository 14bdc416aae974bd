package dev.engram.playground;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only pages of this server that were opened with its token.
 *
 * <p>Any page in the browser can send requests to 127.0.0.1, and a host name can be made to lead there; so a request must name this host,
 * come from no other origin, and hold the token, as the address that was printed does, or the name of a session ({@link Passes}), as all
 * addresses of its page do. There is no cookie: browsers would send it to every port of the host. What is too large is refused before it
 * is read.
 */
final class Guard {
    private static final int TOKEN_BYTES = 24;

    /** With every answer: the page may load its own files and nothing else, and nobody may frame it or read from it. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final String token;
    private final Set<String> hosts;
    private final long largest;
    private final Passes passes;

    private Guard(String token, int port, long largest, Passes passes) {
        this.token = token;
        this.passes = passes;
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        this.largest = largest;
    }

    static Guard of(int port, long largest, Passes passes) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return new Guard(Base64.getUrlEncoder().withoutPadding().encodeToString(random), port, largest, passes);
    }

    String token() {
        return token;
    }

    /** @throws Refusal if the request may not be answered */
    void check(Context request) {
        HEADERS.forEach(request::header);
        String host = header(request, "Host");
        if (!hosts.contains(host)) {
            throw Refusal.forbidden("The host \"%s\" is not this one.".formatted(host));
        }
        String origin = header(request, "Origin");
        if (!origin.isEmpty() && !origin.equals("http://" + host)) {
            throw Refusal.forbidden("The origin \"%s\" may not ask this server.".formatted(origin));
        }
        String site = header(request, "Sec-Fetch-Site");
        if (!site.isEmpty() && !site.equals("same-origin") && !site.equals("none") && !opensAPage(request)) {
            throw Refusal.forbidden("Other sites may not ask this server.");
        }
        if (!isToken(request.queryParam("token")) && !namesASession(request.path())) {
            throw Refusal.forbidden(
                    "The token is missing or wrong. Maybe open the whole address that engram play printed.");
        }
        long length = request.req().getContentLengthLong();
        if (length > largest) {
            request.header("Connection", "close");
            throw tooLarge();
        }
    }

    Refusal tooLarge() {
        return new Refusal(
                Refusal.TOO_LARGE,
                "This is more than %d MB, the most that is taken at once. Maybe bring fewer or smaller pictures."
                        .formatted(largest >> 20));
    }

    /** Whether a link was followed: the user sees the page, and who made the link sees nothing. */
    private static boolean opensAPage(Context request) {
        return header(request, "Sec-Fetch-Mode").equals("navigate")
                && header(request, "Sec-Fetch-Dest").equals("document");
    }

    /** Whether the path is {@code /s/NAME/...} or {@code /api/sessions/NAME/...}. */
    private boolean namesASession(String path) {
        return List.of("/s/", "/api/sessions/").stream()
                .filter(path::startsWith)
                .map(start -> path.substring(start.length()).split("/", 2)[0])
                .anyMatch(passes::isOurs);
    }

    private boolean isToken(@Nullable String given) {
        return Optional.ofNullable(given)
                .map(text -> MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    }

    private static String header(Context request, String name) {
        return Optional.ofNullable(request.header(name)).orElse("");
    }
}
