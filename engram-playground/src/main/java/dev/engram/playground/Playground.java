package dev.engram.playground;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/**
 * A web page on this machine that shows a memory at work: it learns pictures, damages one by hand, and shows the recall step by step. It listens on 127.0.0.1 only, and answers only to who has its address.
 */
public final class Playground implements AutoCloseable {
    private static final String HERE = "127.0.0.1";

    private final Javalin server;
    private final Sessions sessions;
    private final URI address;

    private Playground(Javalin server, Sessions sessions, URI address) {
        this.server = server;
        this.sessions = sessions;
        this.address = address;
    }

    /**
     * Starts listening.
     *
     * @throws IllegalStateException if the port is taken
     */
    public static Playground start(PlaygroundOptions options) {
        int port = options.port() == 0 ? freePort() : requireFree(options.port());
        Passes passes = new Passes();
        Guard guard = Guard.of(port, options.uploadBytes(), passes);
        Sessions sessions = new Sessions(options, passes);
        Routes routes = new Routes(guard, sessions);
        Javalin server = Javalin.create(config -> {
            configure(config, options);
            routes.addTo(config.routes);
            config.router.javaLangErrorHandler(Routes::answer);
        });
        try {
            server.start(HERE, port);
        } catch (RuntimeException e) {
            sessions.close();
            throw new IllegalStateException("The page could not be started: %s.".formatted(e.getMessage()), e);
        }
        URI address = URI.create("http://%s:%d/?token=%s".formatted(HERE, port, guard.token()));
        return new Playground(server, sessions, address);
    }

    private static void configure(JavalinConfig config, PlaygroundOptions options) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE; // on one machine it only costs time
        config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new PlaygroundErrors()));
        config.jetty.multipartConfig.maxFileSize(options.uploadBytes(), SizeUnit.BYTES);
        config.jetty.multipartConfig.maxTotalRequestSize(options.uploadBytes(), SizeUnit.BYTES);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No port of %s is free.".formatted(HERE), e);
        }
    }

    private static int requireFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HERE))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The port %d is in use. Maybe choose another, or none: then a free one is taken.".formatted(port),
                    e);
        }
    }

    /** What to open in the browser; it holds the token, so it is for the user alone. */
    public URI address() {
        return address;
    }

    /** How many sessions there are. */
    int sessions() {
        return sessions.count();
    }

    /** Stops listening and ends all work. */
    @Override
    public void close() {
        sessions.close();
        server.stop();
    }
}
