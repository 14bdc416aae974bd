package dev.engram.playground;

/** A request that is not answered, and one line that says why. */
final class Refusal extends RuntimeException {
    static final int UNUSABLE = 400;
    static final int FORBIDDEN = 403;
    static final int UNKNOWN = 404;
    static final int NOT_NOW = 409;
    static final int TOO_LARGE = 413;
    static final int BUSY = 503;

    /** What is said when Java has run out of memory. */
    static final String NO_MEMORY =
            "There is not enough memory for this. Maybe choose fewer or smaller pictures, fewer hidden nodes, or start"
                    + " with ENGRAM_JAVA_OPTS=-Xmx8g.";

    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The status of the response. */
    int status() {
        return status;
    }

    static Refusal unusable(String message) {
        return new Refusal(UNUSABLE, message);
    }

    static Refusal forbidden(String message) {
        return new Refusal(FORBIDDEN, message);
    }

    static Refusal notNow(String message) {
        return new Refusal(NOT_NOW, message);
    }
}
