package dev.engram.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Main;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlayTest {
    @Test
    @Timeout(60)
    void thePageIsServedAtTheAddressThatIsPrintedUntilItIsCancelled() throws Exception {
        CompletableFuture<String> address = new CompletableFuture<>();
        PrintWriter out = new PrintWriter(new StringWriter()) {
            @Override
            public void println(String line) {
                address.complete(line);
            }
        };
        Interruption interruption = new Interruption();
        Context context = new Context(Terminal.of(out, new PrintWriter(new StringWriter())), interruption);
        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(() -> Main.run(new String[] {"play", "--no-open"}, context));
        URI page = URI.create(address.get(30, TimeUnit.SECONDS));

        assertThat(page.toString()).startsWith("http://127.0.0.1:").contains("?token=");
        assertThat(status(page)).isEqualTo(303);

        interruption.cancel();
        assertThat(exitCode.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
        try (ServerSocket free = new ServerSocket(page.getPort(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(free.isBound()).isTrue();
        }
    }

    private static int status(URI page) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(30)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Cli.Result result = Cli.run("play", "--no-open", "--port", taken.getLocalPort());

            assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(result.err()).contains("The port %d is in use".formatted(taken.getLocalPort()));
        }
    }

    @Test
    void aPortThatCannotBeIsWrongUsage() {
        Cli.Result result = Cli.run("play", "--no-open", "--port", 70_000);

        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(result.err()).contains("--port: The port (70000) must be from 0");
    }
}
