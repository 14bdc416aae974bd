package dev.engram.experiments.frame;

import dev.engram.io.NumberText;
import dev.engram.io.memory.Software;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The computer that numbers were made on, as far as it can be told: processor, operating system, memory. */
public final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** What computed, for the facts at the end of a report. */
    public static void describe(Software software, Map<String, String> facts) {
        facts.put("software", "Engram %s, Java %s".formatted(software.engram(), software.java()));
        facts.put("linear algebra", software.blas());
        facts.put("machine", description(software.os()));
    }

    /** Processor, operating system and heap. */
    private static String description(String os) {
        return "%s%s, %s, heap up to %s"
                .formatted(
                        processor(),
                        NumberText.count(Runtime.getRuntime().availableProcessors(), "processor"),
                        os,
                        NumberText.bytes(Runtime.getRuntime().maxMemory()));
    }

    private static String processor() {
        if (!Files.isReadable(PROCESSORS)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(l -> l.startsWith("model name"))
                    .findFirst()
                    .map(l -> l.substring(l.indexOf(':') + 1).strip() + ", ")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
