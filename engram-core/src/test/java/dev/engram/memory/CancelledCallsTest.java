package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.graph.training.TrainingState;
import dev.engram.linalg.Cancellation;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sequence.HiddenTemporalMemory;
import dev.engram.memory.sequence.HiddenTemporalOptions;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import dev.engram.memory.sequence.TemporalMemory;
import dev.engram.memory.sequence.TemporalOptions;
import dev.engram.optimiser.Optimiser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every long call ends within one task of its deadline, and leaves nothing behind: the same memory gives the same bits afterwards. A
 * deadline is asked for before every task; here it passes when it was asked for the k-th time, for k all over the call.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CancelledCallsTest {
    private static final int THREADS = 3;
    private static final LinearAlgebra LA = LinearAlgebra.withThreads(THREADS);
    private static final Shape SHAPE = Shape.of(8, 8);
    private static final int MOST = Integer.getInteger("engram.cancellations", 10);

    static List<MemoryModel> models() {
        List<MemoryModel> models = new ArrayList<>(MemoryModelTest.models());
        models.add(PredictiveCodingOptions.deep(4));
        models.add(AttractorOptions.over(PredictiveCodingOptions.deep(3)));
        return models;
    }

    @ParameterizedTest
    @MethodSource("models")
    void learningEnds(MemoryModel model) {
        endsAnywhere(
                () -> model.learn(patterns(9), SHAPE, 3, MemoryModel.Watch.NONE, LA),
                learned ->
                        List.of(learned.audit().errors(), said(learned.memory().recall(patterns(9)))));
    }

    @ParameterizedTest
    @MethodSource("models")
    void questionsEnd(MemoryModel model) {
        Supplier<AssociativeMemory> fresh = () ->
                model.learn(patterns(9), SHAPE, 3, MemoryModel.Watch.NONE, LA).memory();
        Matrix cues = cues();
        Mask top = Mask.known(known());
        Map<String, Function<AssociativeMemory, Object>> calls = new LinkedHashMap<>();
        calls.put("recall", memory -> said(memory.recall(cues, 2)));
        calls.put("complete", memory -> said(memory.complete(cues, top)));
        calls.put("recover", memory -> said(memory.recover(cues)));
        calls.put("regenerated", memory -> memory.regenerated(cues).errors());
        calls.put(
                "audit", memory -> memory.audit().map(audit -> List.of(audit.errors(), audit.answers(), audit.own())));
        calls.put("identify", memory -> memory.identifier()
                .map(identifier -> identifier.identify(cues, top).toString()));
        calls.forEach((name, call) -> endsAnywhere(name, fresh, call));
    }

    /** What is worked out when it is first needed is worked out by whoever comes after the one that gave up. */
    private static void endsAnywhere(
            String name, Supplier<AssociativeMemory> fresh, Function<AssociativeMemory, Object> call) {
        AssociativeMemory memory = fresh.get();
        int asks = asks(() -> call.apply(memory));
        assertThat(name.equals("recall") || name.equals("complete") ? asks : 1)
                .as(name)
                .isPositive();
        Object expected = call.apply(memory);
        AssociativeMemory cold = fresh.get();
        for (int k : some(asks)) {
            AtomicInteger asked = new AtomicInteger();
            Cancellation atTheKth = Cancellation.when(() -> asked.incrementAndGet() >= k, "Enough");
            try {
                Object answer = atTheKth.call(() -> call.apply(cold));
                assertThat(answer)
                        .as(name)
                        .usingRecursiveComparison()
                        .isEqualTo(expected); // what an earlier call worked out was not needed again
            } catch (CancellationException e) {
                assertThat(e).as(name).hasMessageStartingWith("Enough; ");
                assertThat(asked.get()).as("%s, %d of %d", name, k, asks).isLessThan(k + THREADS);
            }
        }
        assertThat(call.apply(cold)).as(name).usingRecursiveComparison().isEqualTo(expected);
    }

    private static <T> void endsAnywhere(Supplier<T> call, Function<T, Object> bits) {
        Object expected = bits.apply(call.get());
        int asks = asks(call);
        assertThat(asks).isGreaterThan(2);
        for (int k : some(asks)) {
            AtomicInteger asked = new AtomicInteger();
            Cancellation atTheKth = Cancellation.when(() -> asked.incrementAndGet() >= k, "Enough");
            assertThatThrownBy(() -> atTheKth.call(call))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageStartingWith("Enough; ");
            assertThat(asked.get()).as("%d of %d", k, asks).isLessThan(k + THREADS);
        }
        assertThat(bits.apply(call.get())).usingRecursiveComparison().isEqualTo(expected);
    }

    /** How often it asks whether to go on. */
    private static int asks(Supplier<?> call) {
        AtomicInteger asked = new AtomicInteger();
        Cancellation never = Cancellation.when(
                () -> {
                    asked.incrementAndGet();
                    return false;
                },
                "never");
        never.call(call);
        return asked.get();
    }

    /** Some numbers all over 1 to the number of questions; a thread that comes late asks a few less. */
    private static int[] some(int asks) {
        int last = Math.max(1, asks - THREADS * THREADS);
        int step = Math.max(1, last / MOST);
        return IntStream.iterate(1, k -> k <= last, k -> k + step).toArray();
    }

    /** A learning is as many tasks as it takes: each inference step of each update is asked before. */
    @Test
    void longCallsAreAskedAllTheWay() {
        MemoryModel deep = PredictiveCodingOptions.deep(4).withUpdates(10).withTolerance(0);
        int asks = asks(() -> deep.learn(patterns(9), SHAPE, 3, MemoryModel.Watch.NONE, LA));
        assertThat(asks).isGreaterThan(10 * PredictiveCodingOptions.deep(4).inferenceSteps());
    }

    @Test
    void learningFromRowsWithMissingValuesEnds() {
        Matrix patterns = patterns(20);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = random.nextInt(5) == 0 ? Float.NaN : patterns.data()[i];
        }
        endsAnywhere(
                () -> CovarianceOptions.defaults().learn(patterns, SHAPE, 3, MemoryModel.Watch.NONE, LA),
                learned -> learned.audit().errors());
    }

    @Test
    void sequencesEnd() {
        Sequences sequences = new Sequences(List.of(patterns(12)));
        endsAnywhere(
                () -> HiddenTemporalMemory.learn(sequences, HiddenTemporalOptions.defaults(), LA),
                learned -> learned.audit().errors());
        endsAnywhere(() -> TemporalMemory.learn(sequences, TemporalOptions.defaults(), LA), learned -> learned.audit()
                .errors());
        SequenceMemory memory = HiddenTemporalMemory.learn(sequences, HiddenTemporalOptions.defaults(), LA)
                .memory();
        endsAnywhere(() -> memory.replay(patterns(12).slice(0, 2), 9), CancelledCallsTest::said);
        endsAnywhere(() -> memory.follow(patterns(12)), CancelledCallsTest::said);
    }

    static List<CreditAssignment> credits() {
        return List.of(
                CreditAssignment.backpropagation(),
                CreditAssignment.predictiveCoding(Schedule.fixedPrediction(0.1, 20)),
                CreditAssignment.predictiveCoding(Schedule.strict(0.1, 20)),
                CreditAssignment.predictiveCoding(Schedule.incremental(0.1, 20)));
    }

    @ParameterizedTest
    @MethodSource("credits")
    void graphTrainingEndsAndResumesFromTheStateBefore(CreditAssignment credit) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 64);
        Node h = g.value("h", g.tanh(g.dense(x, g.parameter("w1", Initialiser.normal(0.1), 20, 64))));
        g.value("y", g.dense(h, g.parameter("w2", Initialiser.normal(0.1), 64, 20)));
        ComputationGraph graph = g.build();
        Tensor shown = Tensor.of(patterns(12));
        Observations data = Observations.of(graph.node("x"), shown).and(graph.node("y"), shown);
        GraphTrainer trainer =
                GraphTrainer.of(credit, Optimiser.adam(0.01), 5, 3).withLinearAlgebra(LA);
        TrainingState start = trainer.begin(graph, Precision.FLOAT, 7);
        endsAnywhere(
                () -> trainer.train(graph, start, data, TrainingObserver.NONE),
                result -> List.of(result.state().parameters(), result.state().optimiser()));
    }

    private static List<Object> said(Recall recall) {
        return List.of(
                recall.patterns(),
                Arrays.toString(recall.energy()),
                Arrays.toString(recall.residual()),
                Arrays.toString(recall.steps()),
                recall.status(),
                recall.answers().toString());
    }

    private static boolean[] known() {
        boolean[] known = new boolean[SHAPE.values()];
        Arrays.fill(known, 0, 32, true);
        return known;
    }

    private static Matrix cues() {
        SplittableRandom random = new SplittableRandom(6);
        Matrix cues = patterns(9).slice(2, 6).copy();
        for (int i = 0; i < cues.data().length; i++) {
            cues.data()[i] += (float) random.nextDouble(-0.1, 0.1);
        }
        return cues;
    }

    private static Matrix patterns(int count) {
        SplittableRandom random = new SplittableRandom(5);
        Matrix patterns = Matrix.zeros(count, SHAPE.values());
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = (float) random.nextDouble();
        }
        return patterns;
    }
}
