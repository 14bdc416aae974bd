package dev.engram.cli.bench;

import dev.engram.cli.console.JsonOutput;
import dev.engram.io.NumberText;

/**
 * What one number of patterns costs.
 *
 * @param hidden value nodes
 * @param learn seconds, audit included
 * @param write seconds
 * @param bytes of the file
 * @param cues completed together
 * @param complete seconds for each of them, with a mask that is new
 * @param query seconds for one cue alone, with a mask seen before
 * @param audited patterns that were shown whole after learning
 * @param regenerated those that came back
 * @param completed cues that were completed rightly
 */
record PatternRow(
        int patterns,
        int hidden,
        double learn,
        double write,
        long bytes,
        int cues,
        double complete,
        double query,
        PeakMemory memory,
        int audited,
        int regenerated,
        int completed) {
    static String head() {
        return "%8s %8s %9s %9s %10s %12s %10s %10s %10s %12s %10s"
                .formatted(
                        "patterns",
                        "hidden",
                        "learn s",
                        "write s",
                        "file",
                        "complete ms",
                        "query ms",
                        "heap",
                        "resident",
                        "regenerated",
                        "completed");
    }

    String text() {
        return "%8d %8d %9.3f %9.3f %10s %12.3f %10.2f %10s %10s %12s %10s"
                .formatted(
                        patterns,
                        hidden,
                        learn,
                        write,
                        NumberText.bytes(bytes),
                        1e3 * complete,
                        1e3 * query,
                        NumberText.bytes(memory.heap()),
                        Double.isNaN(memory.resident()) ? "-" : NumberText.bytes((long) memory.resident()),
                        NumberText.percent(regenerated, audited),
                        NumberText.percent(completed, cues));
    }

    JsonOutput json() {
        return new JsonOutput()
                .with("patterns", patterns)
                .with("hidden", hidden)
                .with("learn_seconds", learn)
                .with("write_seconds", write)
                .with("file_bytes", bytes)
                .with("cues", cues)
                .with("complete_seconds_per_cue", complete)
                .with("query_seconds", query)
                .with("peak_heap_bytes", memory.heap())
                .with("peak_resident_bytes", memory.resident())
                .with("audited", audited)
                .with("regenerated", regenerated)
                .with("completed", completed);
    }
}
