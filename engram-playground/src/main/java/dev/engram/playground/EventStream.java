package dev.engram.playground;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Server-sent events, written on the request's own thread: a page that does not read makes this thread wait, and what it misses meanwhile
 * is merged by its {@link Listener}.
 */
final class EventStream {
    private static final long HEARTBEAT = 1_000; // milliseconds; a closed page is noticed at the second

    private EventStream() {}

    static void serve(Context request, Session session) {
        Listener listener = session.join();
        HttpServletResponse response = request.res();
        response.setContentType("text/event-stream;charset=utf-8");
        try {
            OutputStream out = response.getOutputStream();
            write(out, "retry: 500\n\n");
            while (!listener.isClosed()) {
                Map<String, String> events = listener.take(HEARTBEAT);
                StringBuilder text = new StringBuilder(events.isEmpty() ? ":\n\n" : "");
                events.forEach((kind, json) -> text.append("event: ")
                        .append(kind)
                        .append("\ndata: ")
                        .append(json)
                        .append("\n\n"));
                write(out, text.toString());
            }
        } catch (IOException e) {
            // The page was closed; that is how these streams end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.leave(listener);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
