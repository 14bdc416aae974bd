package dev.engram.playground;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who asks the server without a browser, holding its token. */
final class Visitor {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final URI root;
    final String session;

    private Visitor(URI address) {
        root = address.resolve("/");
        URI page =
                get(address).headers().firstValue("Location").map(root::resolve).orElseThrow();
        session = "/api/sessions/" + page.getPath().split("/")[2];
    }

    /** A new session, its patterns loaded. */
    static Visitor of(Playground playground) {
        Visitor visitor = new Visitor(playground.address());
        visitor.until(state -> state.get("patterns").isObject());
        return visitor;
    }

    HttpResponse<String> get(URI uri) {
        return exchange(HttpRequest.newBuilder(uri).build());
    }

    HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> post(String path, String body) {
        return exchange(HttpRequest.newBuilder(root.resolve(session + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> upload(String path, String name, byte[] content) {
        byte[] head = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\n\r\n"
                .formatted(name)
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8);
        return exchange(HttpRequest.newBuilder(root.resolve(session + path))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofByteArray(head),
                        HttpRequest.BodyPublishers.ofByteArray(content),
                        HttpRequest.BodyPublishers.ofByteArray(tail)))
                .build());
    }

    JsonNode state() {
        return MAPPER.readTree(get(root.resolve(session)).body());
    }

    JsonNode until(java.util.function.Predicate<JsonNode> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode state = state();
            if (condition.test(state)) {
                return state;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain. The state is " + state);
            }
            pause(10);
        }
    }

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Small flags, quickly learned. */
    Visitor learnSmallFlags() {
        post("/flags", "{\"size\":16}");
        until(state -> state.get("patterns").get("width").asInt() == 16);
        return learn(10);
    }

    Visitor learn(int updates) {
        startLearning(updates);
        until(state -> state.get("learning").get("phase").asString().equals("DONE"));
        return this;
    }

    void startLearning(int updates) {
        post(
                "/learning",
                "{\"layers\":2,\"hidden\":0,\"activation\":\"RELU\",\"rule\":\"LOCAL_LEAST_SQUARES\",\"updates\":%d}"
                        .formatted(updates));
    }

    Visitor erase(String region) {
        post(
                "/cue/damage",
                "{\"kind\":\"region\",\"region\":\"%s\",\"points\":[],\"radius\":0,\"box\":[],\"variance\":0,\"seed\":1,\"pattern\":-1}"
                        .formatted(region));
        return this;
    }

    JsonNode recall(String solver) {
        String answer = post("/recall", "{\"how\":\"AUTOMATIC\",\"solver\":\"%s\"}".formatted(solver))
                .body();
        int number = MAPPER.readTree(answer).get("number").asInt();
        return until(state -> state.get("recall").get("number").asInt() == number
                        && !state.get("recall").get("phase").asString().equals("RUNNING"))
                .get("recall");
    }
}
