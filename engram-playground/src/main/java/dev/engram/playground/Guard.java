package dev.engram.playground;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only pages of this server that were opened with its token.
 *
 * <p>Any page in the browser can send requests to 127.0.0.1, and a host name can be made to lead there; so a request must name this host,
 * come from no other origin and carry the token, which the address that was printed holds and a same-site cookie keeps. What is too
 * large is refused before it is read.
 */
final class Guard {
    private static final int TOKEN_BYTES = 24;
    private static final int LONGEST_AGE = -1; // the cookie goes with the browser

    private final String token;
    private final Set<String> hosts;
    private final String cookie;
    private final long largest;

    private Guard(String token, int port, long largest) {
        this.token = token;
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        this.cookie = "engram-" + port; // cookies do not tell ports apart
        this.largest = largest;
    }

    static Guard of(int port, long largest) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return new Guard(Base64.getUrlEncoder().withoutPadding().encodeToString(random), port, largest);
    }

    String token() {
        return token;
    }

    /** @throws Refusal if the request may not be answered */
    void check(Context request) {
        secure(request);
        String host = header(request, "Host");
        if (!hosts.contains(host)) {
            throw Refusal.forbidden("The host \"%s\" is not this one.".formatted(host));
        }
        String origin = header(request, "Origin");
        if (!origin.isEmpty() && !origin.equals("http://" + host)) {
            throw Refusal.forbidden("The origin \"%s\" may not ask this server.".formatted(origin));
        }
        String site = header(request, "Sec-Fetch-Site");
        if (!site.isEmpty() && !site.equals("same-origin") && !site.equals("none")) {
            throw Refusal.forbidden("Other sites may not ask this server.");
        }
        if (!isToken(request.queryParam("token")) && !isToken(request.cookie(cookie))) {
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

    /** Keeps the token, so that addresses do not show it. */
    void remember(Context request) {
        request.cookie(new Cookie(cookie, token, "/", LONGEST_AGE, false, true, null, SameSite.STRICT));
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

    /** The page may load its own files and nothing else, and nobody may frame it or read from it. */
    private static void secure(Context response) {
        response.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        response.header("X-Content-Type-Options", "nosniff");
        response.header("Referrer-Policy", "no-referrer");
        response.header("Cross-Origin-Resource-Policy", "same-origin");
        response.header("Cross-Origin-Opener-Policy", "same-origin");
        response.header("Cache-Control", "no-store");
    }
}
