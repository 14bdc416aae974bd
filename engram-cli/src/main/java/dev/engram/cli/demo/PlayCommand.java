package dev.engram.cli.demo;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.playground.Playground;
import dev.engram.playground.PlaygroundOptions;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code engram play}: serves a local page that shows a memory at work. */
@Command(
        name = "play",
        description = {
            "Open a page on which one watches a memory remember.",
            "Store the flags or pictures of your own, damage one by hand, and see the recall form step by step. The page"
                    + " is served from this machine to this machine only; Ctrl-C ends it."
        },
        footer = {"", "Examples:", "  engram play", "  engram play --port 8080 --no-open"})
public final class PlayCommand extends BaseCommand {
    private static final long PATIENCE = 200; // milliseconds
    private static final long SLOWEST_BROWSER = 60_000_000_000L; // nanoseconds

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            description = "The port to listen on at 127.0.0.1 (default: a free one).")
    private int port;

    @Option(names = "--no-open", description = "Only print the address, do not open the browser.")
    private boolean noOpen;

    public PlayCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        try (Playground playground = start()) {
            say(playground.address());
            Optional<Browser> browser = noOpen ? Optional.empty() : Browser.open(playground.address());
            if (!noOpen) {
                terminal.line(
                        browser.isPresent()
                                ? "If no page opens, open this address in a browser. It is for you alone: it holds a token."
                                : "Open this address in a browser. It is for you alone: it holds a token.");
            }
            context.interruption().whenCancelled("the page was closed.");
            try {
                waitForTheEnd(browser);
            } finally {
                browser.ifPresent(Browser::close);
            }
            context.interruption().requireTime();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForTheEnd(Optional<Browser> browser) throws InterruptedException {
        long begun = System.nanoTime();
        while (!context.interruption().isCancelled()) {
            Thread.sleep(PATIENCE);
            if (System.nanoTime() - begun > SLOWEST_BROWSER) {
                browser.ifPresent(Browser::close);
            }
        }
    }

    private Playground start() {
        try {
            return Playground.start(PlaygroundOptions.defaults().withPort(port).withLinearAlgebra(context.la()));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage("--port: " + e.getMessage());
        } catch (IllegalStateException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }

    private void say(URI address) {
        if (json()) {
            JsonOutput.of("play").with("address", address.toString()).print(terminal);
        } else {
            terminal.result(address.toString());
        }
    }
}
