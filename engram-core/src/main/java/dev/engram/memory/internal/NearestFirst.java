package dev.engram.memory.internal;

/** Numbers in ascending order, of which only the first few are wanted: a heap, made in one pass. */
final class NearestFirst {
    private final float[] keys;
    private final int[] heap;
    private int size;

    NearestFirst(float[] keys) {
        this.keys = keys;
        this.size = keys.length;
        this.heap = new int[size];
        for (int i = 0; i < size; i++) {
            heap[i] = i;
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    boolean hasNext() {
        return size > 0;
    }

    /** The position of the least that is left; of equal ones the first. */
    int next() {
        int least = heap[0];
        size--;
        heap[0] = heap[size];
        sink(0);
        return least;
    }

    private void sink(int from) {
        int i = from;
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], heap[i])) {
                return;
            }
            int moved = heap[i];
            heap[i] = heap[child];
            heap[child] = moved;
            i = child;
        }
    }

    private boolean isBefore(int one, int other) {
        return keys[one] < keys[other] || keys[one] == keys[other] && one < other;
    }
}
