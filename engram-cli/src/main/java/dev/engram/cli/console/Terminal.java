package dev.engram.cli.console;

import dev.engram.io.Printable;
import java.io.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where results go (standard output) and where prose, progress and errors go (standard error).
 *
 * @param interactive whether a person watches, so that a line may be written over
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
    private static final String ERASE_LINE = "\r\033[K";

    /** The streams of a test or an embedding program: nobody watches. */
    public static Terminal of(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false);
    }

    /** The streams of this process. */
    @SuppressWarnings("DefaultCharset") // that of the terminal is meant
    public static Terminal ofProcess() {
        boolean moves = movesItsCursor(System.getenv(), System.getProperty("os.name"));
        return new Terminal(
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                moves && isTerminal(System.console()));
    }

    /** Whether a terminal of this environment can write over a line; on Windows none says its name. */
    static boolean movesItsCursor(Map<String, String> environment, String system) {
        String windows = system.startsWith("Windows") ? "windows" : "dumb";
        return !environment.getOrDefault("TERM", windows).equals("dumb");
    }

    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there is a console even where input and output are redirected.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** A line of prose on standard error; what is in it for the terminal, and not to be read, is shown escaped. */
    public void line(String text) {
        drawing(Printable.lines(text));
    }

    /** A line on standard error as it is, colours included. */
    public void drawing(String text) {
        err.println(interactive ? ERASE_LINE + text : text);
        err.flush();
    }

    public void note(String text) {
        line(Printable.message("note: " + text));
    }

    public void warning(String text) {
        line(Printable.message("warning: " + text));
    }

    /** Where an error came from, for those who are to mend it. */
    public void trace(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        line(trace.toString());
    }

    /** Whether all that was printed on standard output arrived. */
    public boolean delivered() {
        return !out.checkError();
    }

    /** A line of the result on standard output; escaped as {@link #line} does. */
    public void result(String text) {
        out.println(Printable.lines(text));
        out.flush();
    }

    /** The same of what is written piece by piece, and need not be in memory as a whole. */
    void result(Consumer<Writer> content) {
        content.accept(new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) {
                out.print(Printable.lines(new String(buffer, offset, length)));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        out.println();
        out.flush();
    }

    /** Writes over the current line on standard error; only where {@link #interactive}. */
    void overwrite(String text) {
        err.print(ERASE_LINE + Printable.name(text));
        err.flush();
    }
}
