package dev.engram.io.pickle;

import dev.engram.io.file.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickles that NumPy arrays in a dict are saved as, protocols 0 to 5, and refuses all others.
 *
 * <p>A pickle is a program for a stack machine. This machine knows the instructions that make numbers, texts, bytes,
 * lists, tuples and dicts, and may call nothing but {@link PickleGlobals}; it never creates an object of a class named
 * in the file.
 */
public final class PickleReader {
    private static final int PROTO = 0x80;
    private static final int HIGHEST_PROTOCOL = 5;

    private final String what;
    private final PickleInput in;
    private final PickleGlobals globals;
    private final PickleStack stack;

    public PickleReader(String what, byte[] bytes) {
        this.what = what;
        this.in = new PickleInput(what, bytes);
        this.globals = new PickleGlobals(what);
        this.stack = new PickleStack(globals);
    }

    /** Whether the bytes are the first of a pickled dict. */
    public static boolean hasSignature(byte[] start) {
        if (start.length < 2) {
            return false;
        }
        boolean marked = (start[0] & 0xff) == PROTO && start[1] >= 1 && start[1] <= HIGHEST_PROTOCOL;
        boolean dict = start[0] == '(' && start[1] == 'd' || start[0] == '}' && start[1] == 'q';
        return marked || dict;
    }

    /**
     * The array called {@code key} in the pickled dict.
     *
     * @throws InputException if the pickle is damaged, is not a dict with that array, or would do anything else
     */
    public PickledArray readArray(String key) {
        Object value;
        try {
            value = run();
        } catch (NumberFormatException e) {
            throw globals.bad("a number that is none");
        }
        if (value instanceof Map<?, ?> dict && dict.get(key) instanceof PickledArray array) {
            return array;
        }
        throw globals.bad("no array called '%s' in it".formatted(key));
    }

    private Object run() {
        for (int opcode = in.uint8(); opcode != '.'; opcode = in.uint8()) {
            if (!number(opcode) && !text(opcode) && !container(opcode) && !object(opcode)) {
                throw new InputException(
                        ("%s is a pickle with the instruction 0x%02x at byte %,d, which making arrays does not "
                                        + "need. Maybe it is not a CIFAR-10 batch.")
                                .formatted(what, opcode, in.position() - 1));
            }
        }
        return stack.pop();
    }

    private boolean number(int opcode) {
        switch (opcode) {
            case 'N' -> stack.push(PickleStack.Special.NONE);
            case 0x88 -> stack.push(Boolean.TRUE);
            case 0x89 -> stack.push(Boolean.FALSE);
            case 'I' -> stack.push(integer(in.line()));
            case 'L' -> stack.push(Long.parseLong(in.line().replace("L", "")));
            case 'J' -> stack.push((long) in.int32());
            case 'K' -> stack.push((long) in.uint8());
            case 'M' -> stack.push((long) in.uint16());
            case 0x8a -> stack.push(in.longOf(in.uint8()));
            case 0x8b -> stack.push(in.longOf(in.int32()));
            case 'F' -> stack.push(Double.parseDouble(in.line()));
            case 'G' -> stack.push(in.bigEndianDouble());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Protocol 0 writes True and False as the numbers 01 and 00. */
    private static Object integer(String line) {
        return switch (line) {
            case "01" -> Boolean.TRUE;
            case "00" -> Boolean.FALSE;
            default -> Long.parseLong(line);
        };
    }

    private boolean text(int opcode) {
        switch (opcode) {
            case 'S' -> stack.push(PickleText.bytesOf(in.line()));
            case 'T', 'B' -> stack.push(in.bytes(in.int32()));
            case 'U', 'C' -> stack.push(in.bytes(in.uint8()));
            case 0x8e, 0x96 -> stack.push(in.bytes(in.int64()));
            case 'V' -> stack.push(PickleText.unicodeOf(in.line()));
            case 'X' -> stack.push(in.utf8(in.int32()));
            case 0x8c -> stack.push(in.utf8(in.uint8()));
            case 0x8d -> stack.push(in.utf8(in.int64()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) {
        switch (opcode) {
            case '(' -> stack.push(PickleStack.Special.MARK);
            case '0' -> stack.pop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.top());
            case ']' -> stack.push(new ArrayList<>());
            case 'l' -> stack.push(stack.popToMark());
            case 'a' -> stack.append(lastOne());
            case 'e' -> stack.append(stack.popToMark());
            case ')' -> stack.push(List.of());
            case 't' -> stack.push(List.copyOf(stack.popToMark()));
            case 0x85, 0x86, 0x87 -> stack.pushTuple(opcode - 0x84);
            case '}' -> stack.push(new LinkedHashMap<>());
            case 'd' -> {
                List<Object> items = stack.popToMark();
                stack.push(new LinkedHashMap<>());
                stack.setItems(items);
            }
            case 's' -> {
                Object value = stack.pop();
                Object key = stack.pop();
                stack.setItems(List.of(key, value));
            }
            case 'u' -> stack.setItems(stack.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<Object> lastOne() {
        return List.of(stack.pop());
    }

    private boolean object(int opcode) {
        switch (opcode) {
            case PROTO -> protocol(in.uint8());
            case 0x95 -> in.int64();
            case 'c' -> stack.push(globals.find(in.line(), in.line()));
            case 0x93 -> {
                String name = globals.text(stack.pop());
                stack.push(globals.find(globals.text(stack.pop()), name));
            }
            case 'R' -> {
                Object arguments = stack.pop();
                stack.push(globals.call(stack.pop(), arguments));
            }
            case 'b' -> build();
            case 'p' -> stack.remember(Long.parseLong(in.line()));
            case 'q' -> stack.remember(in.uint8());
            case 'r' -> stack.remember(in.int32());
            case 0x94 -> stack.rememberNext();
            case 'g' -> stack.recall(Long.parseLong(in.line()));
            case 'h' -> stack.recall(in.uint8());
            case 'j' -> stack.recall(in.int32());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** An array is immutable here, so what was built takes the place of the empty one on the stack. */
    private void build() {
        Object state = stack.pop();
        stack.push(globals.build(stack.pop(), state));
    }

    private void protocol(int version) {
        if (version > HIGHEST_PROTOCOL) {
            throw globals.bad("protocol %d, newer than %d".formatted(version, HIGHEST_PROTOCOL));
        }
    }
}
