package dev.engram.experiments.frame;

import dev.engram.io.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What computes, as far as it says. */
public final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Processor, operating system and heap. */
    public static String description(String os) {
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
