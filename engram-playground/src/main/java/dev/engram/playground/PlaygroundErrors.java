package dev.engram.playground;

import dev.engram.io.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * The answers of the web server itself, to requests that are none or whose headers are too long: one sentence as JSON, with the same
 * headers as all others.
 */
final class PlaygroundErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Guard.HEADERS.forEach(response.getHeaders()::put);
        response.write(true, body(code, message), callback);
    }

    private static ByteBuffer body(int code, String message) {
        String reason = Printable.message("The request cannot be answered (%d): %s.".formatted(code, message));
        return ByteBuffer.wrap(PageJson.text(Map.of("error", reason)).getBytes(StandardCharsets.UTF_8));
    }
}
