package dev.engram.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The most memory that was in use.
 *
 * @param heap bytes of Java's heap since {@link #reset}: the sum over its pools of the most each held, garbage included, and so an upper bound.
 *     A smaller {@code -Xmx} may do
 * @param resident bytes of the whole process since it began: the kernel's high-water mark (VmHWM); NaN where the system does not say
 */
record PeakMemory(long heap, double resident) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String HIGH_WATER_MARK = "VmHWM:";
    private static final int KIBI = 1024;

    /** Clears the heap of garbage and begins to watch it. */
    static void reset() {
        System.gc();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    static PeakMemory sinceReset() {
        long heap = heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        return new PeakMemory(heap, residentBytes());
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static double residentBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(HIGH_WATER_MARK))
                    .mapToDouble(line -> (double) KIBI * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) { // not Linux
            return Double.NaN;
        }
    }
}
