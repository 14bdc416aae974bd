package dev.engram.io.pickle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack and the memo of a Python pickle: the values made so far. Python's None is {@link Special#NONE}; tuples and lists
 * are both lists; a dict has texts (or numbers) for keys.
 */
final class PickleStack {
    enum Special {
        NONE,
        MARK
    }

    private final Deque<Object> values = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private final PickleGlobals globals;

    PickleStack(PickleGlobals globals) {
        this.globals = globals;
    }

    void push(Object value) {
        values.push(value);
    }

    Object pop() {
        if (values.isEmpty()) {
            throw globals.bad("a value missing on its stack");
        }
        return values.pop();
    }

    Object top() {
        Object value = pop();
        push(value);
        return value;
    }

    /** What was pushed since the last mark, oldest first; the mark goes too. */
    List<Object> popToMark() {
        List<Object> items = new ArrayList<>();
        for (Object value = pop(); value != Special.MARK; value = pop()) {
            items.add(value);
        }
        Collections.reverse(items);
        return items;
    }

    /** The last {@code count} values as a tuple. */
    void pushTuple(int count) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(pop());
        }
        Collections.reverse(items);
        push(List.copyOf(items));
    }

    void append(List<Object> items) {
        if (!(top() instanceof ArrayList<?>)) {
            throw globals.bad("items for something that is not a list");
        }
        list().addAll(items);
    }

    @SuppressWarnings("unchecked")
    private List<Object> list() {
        return (List<Object>) top();
    }

    /** Puts keys and values, one after the other, into the dict on top. */
    void setItems(List<Object> items) {
        if (!(top() instanceof LinkedHashMap<?, ?>) || items.size() % 2 != 0) {
            throw globals.bad("entries for something that is not a dict");
        }
        for (int i = 0; i < items.size(); i += 2) {
            dict().put(key(items.get(i)), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked")
    private Map<Object, Object> dict() {
        return (Map<Object, Object>) top();
    }

    private Object key(Object key) {
        if (key instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        if (key instanceof String || key instanceof Long || key instanceof Boolean) {
            return key;
        }
        throw globals.bad("a dict whose keys are not texts or numbers");
    }

    void remember(long index) {
        memo.put(index, top());
    }

    void rememberNext() {
        remember(memo.size());
    }

    void recall(long index) {
        Object value = memo.get(index);
        if (value == null) {
            throw globals.bad("a reference to nothing");
        }
        push(value);
    }
}
