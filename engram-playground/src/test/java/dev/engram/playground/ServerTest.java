package dev.engram.playground;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ServerTest {
    private static Playground playground;

    @BeforeAll
    static void start() {
        playground =
                Playground.start(PlaygroundOptions.defaults().withTimes(Duration.ofMinutes(1), Duration.ofSeconds(4)));
    }

    @AfterAll
    static void stop() {
        playground.close();
    }

    /** Sends the lines as they are, and returns the beginning of the first line of the answer. */
    private static String raw(String... lines) throws IOException {
        return whole(lines).substring(0, 12);
    }

    /** Sends the lines as they are, and returns what is answered. */
    private static String whole(String... lines) throws IOException {
        URI address = playground.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write((String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String here() {
        return "127.0.0.1:" + playground.address().getPort();
    }

    private static String token() {
        return "token=" + playground.address().getQuery().substring("token=".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:80"})
    void aForeignHostIsRefused(String host) throws IOException {
        assertThat(raw("GET /?" + token() + " HTTP/1.1", "Host: " + host)).endsWith("403");
        assertThat(raw("GET /?" + token() + " HTTP/1.1", "Host: " + here())).endsWith("303");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"})
    void aForeignOriginIsRefused(String origin) throws IOException {
        assertThat(raw("GET /?" + token() + " HTTP/1.1", "Host: " + here(), "Origin: " + origin))
                .endsWith("403");
        assertThat(raw("GET /?" + token() + " HTTP/1.1", "Host: " + here(), "Origin: http://" + here()))
                .endsWith("303");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?token=", "/?token=wrong", "/assets/page.js", "/s/any", "/api/sessions/any"})
    void withoutTheTokenEverythingIsRefused(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1", "Host: " + here())).endsWith("403");
    }

    @Test
    void theNameOfASessionOpensItAndAnother() throws IOException {
        String ours = Visitor.of(playground).session.substring("/api/sessions/".length());
        String changed = (ours.startsWith("A") ? "B" : "A") + ours.substring(1);

        assertThat(raw("GET /s/" + ours + "/ HTTP/1.1", "Host: " + here())).endsWith("200");
        assertThat(raw("GET /s/" + ours + "/page.js HTTP/1.1", "Host: " + here()))
                .endsWith("200");
        assertThat(raw("GET /s/" + ours + "/another HTTP/1.1", "Host: " + here()))
                .endsWith("303");
        for (String path : new String[] {"", "page.js", "another"}) {
            assertThat(raw("GET /s/" + changed + "/" + path + " HTTP/1.1", "Host: " + here()))
                    .as(path)
                    .endsWith("403");
        }
        assertThat(raw("GET /api/sessions/" + changed + " HTTP/1.1", "Host: " + here()))
                .endsWith("403");
    }

    @Test
    void nothingIsKeptInCookiesWhichEveryPortOfTheHostWouldBeSent() throws IOException {
        assertThat(whole("GET /?" + token() + " HTTP/1.1", "Host: " + here()))
                .contains(" 303 ")
                .doesNotContainIgnoringCase("set-cookie");
    }

    @Test
    void aLinkInAFileOfTheUsersOpensThePage() throws IOException {
        String[] link = {
            "GET /?" + token() + " HTTP/1.1",
            "Host: " + here(),
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-Dest: document"
        };
        assertThat(raw(link)).endsWith("303");
        link[0] = "GET / HTTP/1.1";
        assertThat(raw(link)).endsWith("403");
        link[0] = "GET /?" + token() + " HTTP/1.1";
        link[4] = "Sec-Fetch-Dest: iframe";
        assertThat(raw(link)).endsWith("403");
    }

    /** The first line of a request, what else is sent, and what is answered. */
    static List<List<String>> refusedByTheWebServerItself() {
        return List.of(
                List.of("GET", "Host: x", " 400 "),
                List.of("GET / HTTP/1.1", "Host: " + "x".repeat(20_000), " 431 "),
                List.of("GET /%ZZ HTTP/1.1", "Host: x", " 400 "));
    }

    @ParameterizedTest
    @MethodSource("refusedByTheWebServerItself")
    void requestsThatAreNoneAreAnsweredWithTheSameHeaders(List<String> request) throws IOException {
        String answer = whole(request.get(0), request.get(1));

        assertThat(answer.lines().findFirst().orElseThrow() + " ").contains(request.get(2));
        assertThat(answer)
                .contains(
                        "Content-Security-Policy: default-src 'none'",
                        "X-Content-Type-Options: nosniff",
                        "Cross-Origin-Resource-Policy: same-origin",
                        "{\"error\":\"")
                .doesNotContain("<html", "xxx");
    }

    @Test
    void anErrorOfJavaIsAnsweredWithASentence() throws IOException {
        StringWriter body = new StringWriter();
        List<Integer> status = new ArrayList<>();
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, given) -> {
                    if (method.getName().equals("setStatus")) {
                        status.add((Integer) given[0]);
                    }
                    return method.getName().equals("getOutputStream") ? into(body) : null;
                });

        Routes.answer(response, new OutOfMemoryError("Java heap space"));
        Routes.answer(response, new StackOverflowError());

        assertThat(status).containsExactly(503, 500);
        assertThat(body.toString()).contains("There is not enough memory for this.", "StackOverflowError");
    }

    private static ServletOutputStream into(StringWriter body) {
        return new ServletOutputStream() {
            @Override
            public void write(int one) {
                body.write(one);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "flags; null",
                "flags; {\"size\":-1}",
                "flags; {\"size\":null}",
                "learning; null",
                "learning; {\"layers\":2,\"hidden\":-1,\"activation\":\"RELU\",\"rule\":\"GRADIENT\",\"updates\":1}",
                "learning; {\"layers\":2,\"hidden\":0,\"activation\":null,\"rule\":\"GRADIENT\",\"updates\":1}",
                "learning; {\"layers\":2,\"hidden\":0,\"activation\":\"RELU\",\"rule\":null,\"updates\":1}",
                "recall; null",
                "recall; {\"how\":null,\"solver\":\"AUTOMATIC\"}",
                "recall; {}",
                "cue; null",
                "cue; {\"pattern\":-1}",
                "cue/damage; null",
                "cue/damage; {\"kind\":null,\"points\":[],\"radius\":0,\"box\":[],\"variance\":0,\"seed\":1,\"pattern\":0}",
                "cue/damage; {\"kind\":\"box\",\"points\":[],\"radius\":0,\"box\":[0,0,null,1],\"variance\":0,\"seed\":1,\"pattern\":0}",
                "cue/damage; {\"kind\":\"erase\",\"points\":[[null,1]],\"radius\":1,\"box\":[],\"variance\":0,\"seed\":1,\"pattern\":0}",
                "cue/damage; {\"kind\":\"noise\",\"points\":[],\"radius\":0,\"box\":[],\"variance\":-1,\"seed\":1,\"pattern\":0}"
            })
    void nullsAndNegativeSizesAreRefused(String path, String body) {
        HttpResponse<String> answer = Visitor.of(playground).post("/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":\"");
    }

    @Test
    void aSizeBelowZeroIsRefusedForArraysToo() {
        HttpResponse<String> answer = Visitor.of(playground).upload("/patterns?size=-1", "a.npy", new byte[1]);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The size (-1) must be at least 1 pixel");
    }

    @Test
    void otherSitesAreRefusedWhateverTheySend() throws IOException {
        assertThat(raw("GET /?" + token() + " HTTP/1.1", "Host: " + here(), "Sec-Fetch-Site: same-site"))
                .endsWith("403");
    }

    @Test
    void aGigabyteIsRefusedBeforeItIsSent() throws IOException {
        Visitor visitor = Visitor.of(playground);
        String path = visitor.session + "/patterns?" + token();

        String answer = raw(
                "POST " + path + " HTTP/1.1",
                "Host: " + here(),
                "Content-Type: multipart/form-data; boundary=b",
                "Content-Length: 1073741824");

        assertThat(answer).endsWith("413");
    }

    @Test
    void whatDoesNotSayHowLargeItIsIsRefusedWhenItIsTooLarge() {
        try (Playground small = Playground.start(PlaygroundOptions.defaults().withUploadBytes(100_000))) {
            Visitor visitor = Visitor.of(small);
            byte[] start = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.png\"\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8);
            byte[] much = new byte[300_000];
            System.arraycopy(start, 0, much, 0, start.length);

            HttpResponse<String> answer = visitor.exchange(HttpRequest.newBuilder(
                            visitor.root.resolve(visitor.session + "/patterns"))
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(much)))
                    .build());

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("the most that is taken at once");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "patterns, notes.txt, hello world, which is none of",
        "patterns, cat.png, hello world, it is not what its name says",
        "patterns, empty.npy, '', is empty",
        "memory, m.engram, hello world, m.engram",
        "cue/picture, cat.jpg, hello world, cat.jpg"
    })
    void badFilesAreAnsweredWithASentence(String path, String name, String content, String expected) {
        Visitor visitor = Visitor.of(playground);

        HttpResponse<String> answer = visitor.upload("/" + path, name, content.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(expected).contains(name).doesNotContain("engram-page", "\\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"size\":\"big\"}", "{\"size\":7}", "{\"size\":16,\"more\":1}"})
    void requestsThatMakeNoSenseAreAnsweredWithASentence(String body) {
        HttpResponse<String> answer = Visitor.of(playground).post("/flags", body);
        assertThat(answer.body().contains("error") || answer.body().equals("{}"))
                .isTrue();
        assertThat(answer.statusCode()).isLessThan(500);
    }

    @ParameterizedTest
    @CsvSource({
        "landscape, Nothing has been recalled yet",
        "recall, There is no memory yet",
        "comparison, There is no memory yet"
    })
    void whatCannotBeYetIsAnsweredWithASentence(String path, String expected) {
        HttpResponse<String> answer =
                Visitor.of(playground).post("/" + path, "{\"how\":\"AUTOMATIC\",\"solver\":\"ACCELERATED\"}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(expected);
    }

    @Test
    void everyRivalAnswersTheSameCue() {
        Visitor visitor = Visitor.of(playground).learnSmallFlags().erase("bottom:0.25");
        visitor.post("/comparison", "{\"how\":\"AUTOMATIC\",\"solver\":\"AUTOMATIC\"}");
        JsonNode comparison = visitor.until(state -> state.get("comparison").isObject()
                        && !state.get("comparison").get("running").asBoolean())
                .get("comparison");

        Map<String, Double> mse = new HashMap<>();
        for (JsonNode answer : comparison.get("answers")) {
            assertThat(answer.get("message").asString()).isEmpty();
            assertThat(answer.get("milliseconds").asDouble()).isPositive();
            mse.put(answer.get("model").asString(), answer.get("mse").asDouble());
        }
        assertThat(mse)
                .containsOnlyKeys(
                        "pcn",
                        "modern-hopfield",
                        "modern-hopfield-distance",
                        "affine-span",
                        "nearest-neighbour",
                        "hopfield",
                        "autoencoder");
        // It keeps the flags themselves, and no two share their upper three quarters.
        assertThat(mse.get("nearest-neighbour")).isZero();
        assertThat(mse.get("pcn")).isLessThan(0.001);
    }

    @Test
    void twoSessionsDoNotKnowOfEachOther() {
        Visitor one = Visitor.of(playground).learnSmallFlags();
        Visitor other = Visitor.of(playground);

        one.erase("bottom:0.5");

        assertThat(one.state().get("memory").get("patterns").asInt()).isGreaterThan(200);
        assertThat(one.state().get("damage").get("erasedShare").asDouble()).isEqualTo(0.5);
        assertThat(other.state().get("memory").isNull()).isTrue();
        assertThat(other.state().get("damage").get("erasedShare").asDouble()).isZero();
        assertThat(other.state().get("patterns").get("width").asInt()).isEqualTo(64);
    }

    @Test
    void aHeldLearningCanBeUsedAndGoesOn() {
        Visitor visitor = Visitor.of(playground);
        visitor.post("/flags", "{\"size\":16}");
        visitor.until(state -> state.get("patterns").get("width").asInt() == 16);
        visitor.startLearning(400);
        visitor.post("/learning/hold", "");
        JsonNode held = visitor.until(
                state -> state.get("learning").get("phase").asString().equals("HELD"));
        int update = held.get("learning").get("update").asInt();

        assertThat(held.get("memory").get("updates").asInt()).isEqualTo(update).isLessThan(400);
        assertThat(visitor.erase("top:0.25").recall("AUTOMATIC").get("phase").asString())
                .isEqualTo("DONE");

        visitor.post("/learning/go-on", "");
        visitor.until(state -> state.get("learning").get("update").asInt() > update);
    }

    @Test
    void aMemoryFileComesBackAsItWas() throws IOException, InterruptedException {
        Visitor visitor = Visitor.of(playground).learnSmallFlags();
        byte[] file = visitor.http
                .send(
                        HttpRequest.newBuilder(visitor.root.resolve(visitor.session + "/memory.engram"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        Visitor other = Visitor.of(playground);
        other.post("/flags", "{\"size\":16}");
        other.until(state -> state.get("patterns").get("width").asInt() == 16);

        HttpResponse<String> answer = other.upload("/memory", "m.engram", file);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

        JsonNode memory = other.state().get("memory");
        assertThat(memory).isEqualTo(visitor.state().get("memory"));
        assertThat(memory.get("ofThesePatterns").asBoolean()).isTrue();
    }

    @Test
    void fiftyQuickRecallsLeaveNeitherThreadsNorHeapBehind() {
        Visitor visitor = Visitor.of(playground).learnSmallFlags().erase("bottom:0.25");
        fiftyRecalls(visitor);
        long before = usedHeap();

        fiftyRecalls(visitor);

        assertThat(visitor.recall("AUTOMATIC").get("phase").asString()).isEqualTo("DONE");
        assertThat(usedHeap() - before).isLessThan(16L << 20);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (workers() > 0 && System.nanoTime() < end) {
            Visitor.pause(100);
        }
        assertThat(workers()).isZero();
    }

    private static void fiftyRecalls(Visitor visitor) {
        for (int i = 0; i < 50; i++) {
            visitor.post("/recall", "{\"how\":\"AUTOMATIC\",\"solver\":\"ACCELERATED\"}");
        }
        visitor.recall("AUTOMATIC");
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("engram-play"))
                .count();
    }

    @Test
    void aClosedPageStopsItsWork() throws IOException {
        Visitor visitor = Visitor.of(playground);
        try (InputStream events = events(visitor)) {
            events.readNBytes(1);
            visitor.startLearning(5_000);
            visitor.until(state -> state.get("learning").get("update").asInt() > 0);
        }
        // Asking would count as looking: wait out the noticing of the closed page and the grace first.
        Visitor.pause(9_000);
        assertThat(visitor.state().get("learning").get("phase").asString()).isEqualTo("STOPPED");
    }

    @Test
    void aRecallOfColouredPicturesStreamsTwentyFramesASecond() throws IOException {
        Visitor visitor = Visitor.of(playground).learn(10).erase("bottom:0.5");
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream events = events(visitor)) {
            Thread reader = new Thread(() -> copy(events, read), "reader");
            reader.start();
            long began = System.nanoTime();
            JsonNode recall = visitor.recall("ACCELERATED");
            double seconds = (System.nanoTime() - began) / 1e9;
            Visitor.pause(500);
            int frames = read.toString(StandardCharsets.UTF_8).split("event: frame\n", -1).length - 1;
            System.out.printf(
                    "streamed %d frames of 64x64x3 in %.2f s: %.0f a second%n", frames, seconds, frames / seconds);
            assertThat(recall.get("phase").asString()).isEqualTo("DONE");
            assertThat(frames / seconds).isGreaterThan(20);
        }
    }

    private static InputStream events(Visitor visitor) {
        try {
            return visitor.http
                    .send(
                            HttpRequest.newBuilder(visitor.root.resolve(visitor.session + "/events"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void copy(InputStream in, OutputStream out) {
        try {
            in.transferTo(out);
        } catch (IOException e) {
            // The stream was closed: the test is over.
        }
    }
}
