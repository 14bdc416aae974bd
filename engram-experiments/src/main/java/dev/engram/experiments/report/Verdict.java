package dev.engram.experiments.report;

/** Whether a claim was confirmed. */
public enum Verdict {
    MET("met"),
    NOT_MET("not met"),
    /** What it needs was not computed: data missing, a cell skipped or failed. */
    NOT_RUN("not run");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    public static Verdict of(boolean met) {
        return met ? MET : NOT_MET;
    }

    /** As people read it. */
    @Override
    public String toString() {
        return words;
    }
}
