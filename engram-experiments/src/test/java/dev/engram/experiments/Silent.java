package dev.engram.experiments;

import dev.engram.experiments.frame.Watch;

/** Watches a run that is expected to go through without a warning. */
public class Silent implements Watch {
    @Override
    public boolean goesOn() {
        return true;
    }

    @Override
    public void at(int cells, int of, double share, String next) {}

    @Override
    public void warn(String message) {
        throw new AssertionError(message);
    }

    @Override
    public void write(Runnable task) {
        task.run();
    }
}
