package dev.engram.playground;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells every page that looks at a session what happens there. */
final class Audience {
    private static final int MOST_PAGES = 8;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    synchronized Listener join() {
        if (listeners.size() >= MOST_PAGES) {
            throw new Refusal(
                    Refusal.BUSY,
                    "%d pages look at this session already. Maybe close one.".formatted(listeners.size()));
        }
        Listener listener = new Listener();
        listeners.add(listener);
        return listener;
    }

    synchronized void leave(Listener listener) {
        listeners.remove(listener);
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    void tell(String kind, Object event) {
        if (hasListeners()) {
            String json = PageJson.text(event);
            listeners.forEach(listener -> listener.tell(kind, json));
        }
    }

    void close() {
        listeners.forEach(Listener::close);
    }
}
