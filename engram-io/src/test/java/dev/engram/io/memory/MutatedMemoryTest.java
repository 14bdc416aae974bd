package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.graph.training.TrainingState;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Surprise;
import dev.engram.memory.sequence.SequenceMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with right checksums and wrong content: each is refused as a memory file that cannot be used, or the memory in it answers with finite
 * numbers, within a second and without much memory.
 *
 * <p>{@code -Dengram.mutations=100000 -Dengram.mutations.seed=7} tries more, or others.
 */
class MutatedMemoryTest {
    private static final int MUTATIONS = Integer.getInteger("engram.mutations", 1_500);
    private static final long SEED = Long.getLong("engram.mutations.seed", 20);
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final long LONGEST = 1_000_000_000L;
    private static final long LARGEST = 256L << 20;
    private static final int SHOWN = 60;
    private static final int TRACE = Integer.getInteger("engram.trace", 4);

    @TempDir
    Path folder;

    private final Map<String, Integer> outcomes = new LinkedHashMap<>();
    private final List<String> bad = new ArrayList<>();

    @Test
    void refusedOrFinite() throws IOException {
        List<Path> files = KeptFiles.in(KeptFiles.FOLDER);
        System.out.printf("%,d mutations of %d memory files, seed %d.%n", MUTATIONS, files.size(), SEED);
        List<SafetensorsFile> contents = files.stream().map(Safetensors::read).toList();
        Path file = folder.resolve("mutated.engram");
        int first = Integer.getInteger("engram.mutations.first", 0); // to try one again
        for (int i = first; i < first + MUTATIONS && bad.size() < SHOWN; i++) {
            int which = i % files.size();
            String change = Mutator.mutate(contents.get(which), new SplittableRandom(SEED * 1_000_003 + i), file);
            look(i, files.get(which), change, file);
        }
        System.out.println(outcomes);
        assertThat(bad).isEmpty();
    }

    private void look(int number, Path original, String change, Path file) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long begun = System.nanoTime();
        long worked = SYSTEM.getProcessCpuTime();
        String outcome = outcome(original, file);
        long used = threads.getCurrentThreadAllocatedBytes() - allocated;
        // On a busy machine the clock goes on while nothing is done.
        long took = Math.min(System.nanoTime() - begun, SYSTEM.getProcessCpuTime() - worked);
        if (took > LONGEST) {
            outcome = "took %,d ms".formatted(took / 1_000_000);
        }
        if (used > LARGEST) {
            outcome = "took %,d MB".formatted(used >> 20);
        }
        outcomes.merge(outcome.matches("refused|finite") ? outcome : "bad", 1, Integer::sum);
        if (!outcome.matches("refused|finite")) {
            bad.add("%d, %s: %s%n  %s%n".formatted(number, original.getFileName(), change, outcome));
        }
    }

    private static String outcome(Path original, Path file) {
        try {
            return answer(original, file);
        } catch (MemoryFileException e) {
            assertThat(e.getMessage().length()).isLessThanOrEqualTo(2_000);
            return "refused";
        } catch (RuntimeException | Error e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return String.join(
                    " < ",
                    trace.toString().lines().limit(TRACE).map(String::strip).toList());
        }
    }

    /** What the memory answers, in one word. */
    private static String answer(Path original, Path file) {
        if (original.toString().endsWith(KeptAnswers.CHECKPOINT)) {
            return finite(CheckpointFile.read(file)) ? "finite" : "a state that is not finite";
        }
        Stored stored = Stored.read(file);
        if (stored instanceof StoredMemory patterns) {
            return answer(patterns.memory());
        }
        return answer(((StoredSequences) stored).memory());
    }

    private static boolean finite(TrainingState state) {
        return state.parameters().values().stream().allMatch(Tensor::isFinite)
                && state.optimiser().values().stream()
                        .flatMap(o -> o.averages().stream())
                        .allMatch(Tensor::isFinite);
    }

    private static String answer(AssociativeMemory memory) {
        Matrix cues = cues(2, memory.values());
        boolean[] known = new boolean[memory.values()];
        Arrays.fill(known, 0, memory.values() / 2 + 1, true);
        Mask half = Mask.known(known);
        List<String> findings = new ArrayList<>();
        check("recall", memory.recall(cues, 2), findings);
        check("complete", memory.complete(cues, half), findings);
        check("recover", memory.recover(cues), findings);
        for (List<Surprise> surprises : memory.surprises(cues)) {
            check(
                    "surprises",
                    surprises.stream().flatMapToDouble(s -> DoubleStream.of(s.deviations(), s.expected())),
                    findings);
        }
        memory.identifier().ifPresent(identifier -> check(identifier, cues, half, findings));
        memory.audit();
        return findings.isEmpty() ? "finite" : String.join(", ", findings);
    }

    private static void check(Identifier identifier, Matrix cues, Mask mask, List<String> findings) {
        check("identify", identifier.identify(cues, mask), findings);
        check("identify damaged", identifier.identifyDamaged(cues), findings);
        if (!identifier.pattern(0).isFinite()) {
            findings.add("a pattern is not finite");
        }
    }

    private static void check(String what, List<Answer> answers, List<String> findings) {
        check(
                what,
                answers.stream().flatMap(a -> a.candidates().stream()).mapToDouble(Answer.Candidate::probability),
                findings);
    }

    private static String answer(SequenceMemory memory) {
        Matrix frames = cues(3, memory.values());
        List<String> findings = new ArrayList<>();
        check("follow", memory.follow(frames), findings);
        check("replay", memory.replay(frames.slice(0, 1), 3), findings);
        return findings.isEmpty() ? "finite" : String.join(", ", findings);
    }

    private static void check(String what, Recall recall, List<String> findings) {
        if (!recall.patterns().isFinite()) {
            findings.add(what + ": patterns that are not finite " + recall.status());
        }
        check(what + ": energy", Arrays.stream(recall.energy()), findings);
        check(what + ": residual", Arrays.stream(recall.residual()), findings);
        check(what, recall.answers(), findings);
        if (recall.deviation().isPresent() && !recall.deviation().get().isFinite()) {
            findings.add(what + ": a deviation that is not finite");
        }
    }

    private static void check(String what, DoubleStream numbers, List<String> findings) {
        if (!numbers.allMatch(Double::isFinite)) {
            findings.add(what + " is not finite");
        }
    }

    private static Matrix cues(int rows, int values) {
        SplittableRandom random = new SplittableRandom(3);
        Matrix cues = Matrix.zeros(rows, values);
        for (int i = 0; i < cues.data().length; i++) {
            cues.data()[i] = (float) random.nextDouble();
        }
        return cues;
    }
}
