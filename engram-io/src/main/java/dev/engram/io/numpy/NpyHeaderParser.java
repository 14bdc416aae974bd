package dev.engram.io.numpy;

import dev.engram.io.file.Bounds;
import dev.engram.io.file.InputException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the Python literal of an {@code .npy} header, and no more of Python than that.
 *
 * <pre>
 * dict  := '{' (key ':' value ',')* '}'      the last comma may be missing
 * value := string | 'True' | 'False' | tuple
 * tuple := '(' (integer ['L'] ',')* ')'      the last comma may be missing
 * descr := ('&lt;' | '&gt;' | '|' | '=') code
 * </pre>
 */
final class NpyHeaderParser {
    private final String what;
    private final String text;
    private int at;

    private Optional<String> descr = Optional.empty();
    private Optional<Boolean> fortranOrder = Optional.empty();
    private Optional<int[]> shape = Optional.empty();

    NpyHeaderParser(String what, String text) {
        this.what = what;
        this.text = text;
    }

    NpyHeader parse(long dataOffset) {
        Untyped array = untyped();
        String code = array.descr();
        NpyHeader header = new NpyHeader(type(code), order(code), array.fortranOrder(), array.shape(), dataOffset);
        requireProduct(header);
        return header;
    }

    /** What a header says, of whatever type the elements are. */
    record Untyped(String descr, boolean fortranOrder, int[] shape) {}

    Untyped untyped() {
        expect('{');
        while (peek() != '}') {
            String key = string();
            expect(':');
            switch (key) {
                case "descr" -> descr = Optional.of(descr());
                case "fortran_order" -> fortranOrder = Optional.of(bool());
                case "shape" -> shape = Optional.of(shape());
                default -> throw bad("the unknown entry '%s'".formatted(key));
            }
            if (peek() == ',') {
                at++;
            }
        }
        String code = descr.orElseThrow(() -> bad("no entry 'descr'"));
        boolean fortran = fortranOrder.orElseThrow(() -> bad("no entry 'fortran_order'"));
        int[] dimensions = shape.orElseThrow(() -> bad("no entry 'shape'"));
        return new Untyped(code, fortran, dimensions);
    }

    private void requireProduct(NpyHeader header) {
        try {
            Math.multiplyExact(header.values(), header.type().bytes());
        } catch (ArithmeticException e) {
            throw bad("a shape whose size overflows");
        }
    }

    private NpyType type(String code) {
        String letters = code.length() < 2 ? code : code.substring(1);
        if (letters.startsWith("O")) {
            throw new InputException(
                    ("%s holds pickled Python objects (dtype %s), which are not read. Maybe save it with "
                                    + "np.save(path, array.astype('f4')).")
                            .formatted(what, code));
        }
        return NpyType.ofCode(letters)
                .orElseThrow(() -> new InputException(
                        ("%s has dtype '%s'; bool, integers of 8 to 64 bits and floats of 16 to 64 bits can be "
                                        + "read. Maybe save it with array.astype('f4').")
                                .formatted(what, code)));
    }

    private ByteOrder order(String code) {
        return switch (code.charAt(0)) {
            case '>' -> ByteOrder.BIG_ENDIAN;
            case '<', '|' -> ByteOrder.LITTLE_ENDIAN;
            case '=' -> ByteOrder.nativeOrder();
            default -> throw bad("the dtype '%s'".formatted(code));
        };
    }

    private String descr() {
        if (peek() == '[') {
            throw new InputException(
                    "%s holds records with named fields; a plain array was expected. Maybe save one field of it."
                            .formatted(what));
        }
        return string();
    }

    private boolean bool() {
        peek();
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw bad("a 'fortran_order' that is neither True nor False");
    }

    private int[] shape() {
        List<Integer> dimensions = new ArrayList<>();
        expect('(');
        while (peek() != ')') {
            dimensions.add(dimension());
            if (dimensions.size() > Bounds.DIMENSIONS) {
                throw bad("more than %d dimensions".formatted(Bounds.DIMENSIONS));
            }
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return dimensions.stream().mapToInt(d -> d).toArray();
    }

    private int dimension() {
        int from = at;
        while (at < text.length() && "+-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        try {
            int dimension = Integer.parseInt(digits);
            if (dimension >= 0) {
                return dimension;
            }
        } catch (NumberFormatException e) {
            // Not a number, or too large: said below.
        }
        throw bad("the dimension '%s' in its shape".formatted(digits));
    }

    private String string() {
        char quote = peek();
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw bad("no string at character %d".formatted(at));
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw bad("'%c' at character %d where '%c' was expected".formatted(peek(), at, c));
        }
        at++;
    }

    /** The next character that is not a space, without taking it. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            throw bad("no end");
        }
        return text.charAt(at);
    }

    private InputException bad(String finding) {
        return new InputException(
                "%s has a NumPy header with %s. Maybe it is damaged; np.load(path) tells.".formatted(what, finding));
    }
}
