package dev.engram.io.pickle;

import dev.engram.io.file.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The only Python names a pickle may call: those that NumPy arrays are made of. Nothing is looked up by reflection, nothing
 * runs.
 */
final class PickleGlobals {
    /** A callable of Python that has a meaning here. */
    enum Global {
        ARRAY_TYPE,
        DTYPE_TYPE,
        RECONSTRUCT,
        FROM_BUFFER,
        ENCODE,
        BYTES_TYPE,
        BYTEARRAY_TYPE
    }

    /** An array without content, as {@code _reconstruct} makes it; the state follows. */
    enum EmptyArray {
        INSTANCE
    }

    private static final Map<String, Global> ALLOWED = Map.ofEntries(
            Map.entry("numpy.ndarray", Global.ARRAY_TYPE),
            Map.entry("numpy.dtype", Global.DTYPE_TYPE),
            Map.entry("numpy.core.multiarray._reconstruct", Global.RECONSTRUCT),
            Map.entry("numpy._core.multiarray._reconstruct", Global.RECONSTRUCT),
            Map.entry("numpy.core.numeric._frombuffer", Global.FROM_BUFFER),
            Map.entry("numpy._core.numeric._frombuffer", Global.FROM_BUFFER),
            Map.entry("_codecs.encode", Global.ENCODE),
            Map.entry("__builtin__.bytes", Global.BYTES_TYPE),
            Map.entry("builtins.bytes", Global.BYTES_TYPE),
            Map.entry("__builtin__.bytearray", Global.BYTEARRAY_TYPE),
            Map.entry("builtins.bytearray", Global.BYTEARRAY_TYPE));

    private final String what;

    PickleGlobals(String what) {
        this.what = what;
    }

    Global find(String module, String name) {
        Global global = ALLOWED.get(module + "." + name);
        if (global == null) {
            throw new InputException(
                    ("%s is a pickle that calls %s.%s; only NumPy arrays in a dict are read, nothing is run. Maybe "
                                    + "it is not a CIFAR-10 batch.")
                            .formatted(what, module, name));
        }
        return global;
    }

    /** The result of calling the global. */
    Object call(Object callable, Object arguments) {
        if (!(callable instanceof Global global) || !(arguments instanceof List<?> list)) {
            throw bad("a call of something that cannot be called");
        }
        return switch (global) {
            case RECONSTRUCT -> EmptyArray.INSTANCE;
            case DTYPE_TYPE -> new PickledArray.Dtype(text(argument(list, 0)).replaceFirst("^[<>|=]", ""));
            case FROM_BUFFER -> fromBuffer(list);
            case ENCODE -> text(argument(list, 0)).getBytes(StandardCharsets.ISO_8859_1);
            case BYTES_TYPE, BYTEARRAY_TYPE -> list.isEmpty() ? new byte[0] : bytes(argument(list, 0));
            case ARRAY_TYPE -> throw bad("an array made in a way this reader does not know");
        };
    }

    /** The object with its state: {@code (version, shape, dtype, is_fortran, bytes)} for an array. */
    Object build(Object target, Object state) {
        if (target instanceof PickledArray.Dtype) {
            return target;
        }
        if (target != EmptyArray.INSTANCE || !(state instanceof List<?> list)) {
            throw bad("state for something that is not an array");
        }
        boolean fortran =
                argument(list, 3).equals(Boolean.TRUE) || argument(list, 3).equals(1L);
        return array(argument(list, 1), argument(list, 2), fortran, argument(list, 4));
    }

    private Object fromBuffer(List<?> list) {
        boolean fortran = text(argument(list, 3)).equals("F");
        return array(argument(list, 2), argument(list, 1), fortran, argument(list, 0));
    }

    private PickledArray array(Object shape, Object dtype, boolean fortran, Object content) {
        if (!(shape instanceof List<?> dimensions) || !(dtype instanceof PickledArray.Dtype type)) {
            throw bad("an array whose shape or type is of the wrong kind");
        }
        int[] sizes = dimensions.stream().mapToInt(this::dimension).toArray();
        byte[] bytes = bytes(content);
        if (type.isUint8()) {
            long expected = Arrays.stream(sizes).asLongStream().reduce(1, (a, b) -> a < 0 ? a : capped(a * b));
            if (expected != bytes.length) {
                throw bad("an array of shape %s with %,d bytes".formatted(Arrays.toString(sizes), bytes.length));
            }
        }
        return new PickledArray(sizes, type, fortran, bytes);
    }

    /** -1 for what no array can hold, so that further factors cannot overflow. */
    private static long capped(long size) {
        return size > Integer.MAX_VALUE ? -1 : size;
    }

    private int dimension(Object value) {
        if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw bad("a dimension that is not a possible number");
    }

    private Object argument(List<?> list, int index) {
        if (index >= list.size()) {
            throw bad("too few arguments");
        }
        return list.get(index);
    }

    private byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw bad("an array without bytes");
    }

    /** A text, whichever of Python's kinds it is. */
    String text(Object value) {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        if (value instanceof String string) {
            return string;
        }
        throw bad("%s where a text was expected".formatted(value.getClass().getSimpleName()));
    }

    InputException bad(String finding) {
        return new InputException(
                ("%s is a pickle with %s; NumPy arrays in a dict were expected. Maybe it is damaged, or not a "
                                + "CIFAR-10 batch.")
                        .formatted(what, finding));
    }
}
