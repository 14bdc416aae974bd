package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.learning.GradientRule;
import dev.engram.linalg.Matrix;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.hopfield.Similarity;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of memory, shown sets that numbers have trouble with: whatever it is asked, what comes back is finite, or it says in one line why
 * not.
 */
class FiniteOrRefusedTest {
    private static final Shape SHAPE = Shape.of(6, 6);

    static Map<String, MemoryModel> models() {
        Map<String, MemoryModel> models = new LinkedHashMap<>();
        MemoryKinds.all().forEach(kind -> models.putAll(kind.variants()));
        PredictiveCodingOptions deep =
                PredictiveCodingOptions.deep(3).withHidden(8).withUpdates(10);
        models.put("3 layers", deep);
        models.put("3 layers with codes", AttractorOptions.over(deep));
        models.put(
                "originals",
                AttractorOptions.over(PredictiveCodingOptions.defaults()).withOriginals(true));
        models.put(
                "Adam",
                PredictiveCodingOptions.defaults()
                        .withRule(GradientRule.adam(0.01))
                        .withUpdates(30));
        models.put(
                "plain",
                PredictiveCodingOptions.defaults()
                        .withRule(GradientRule.plain(0.1))
                        .withUpdates(30));
        for (HopfieldRule rule : HopfieldRule.values()) {
            models.put("Hopfield " + rule, HopfieldOptions.defaults().withRule(rule));
        }
        for (Similarity similarity : Similarity.values()) {
            models.put("modern " + similarity, new ModernHopfieldOptions(similarity, Separation.softmax(20)));
        }
        for (Separation sparse :
                List.of(Separation.entmax(1.5, 20), Separation.normmax(5, 20), Separation.epanechnikov(20))) {
            models.put(sparse.toString(), new ModernHopfieldOptions(Similarity.EUCLIDEAN, sparse));
        }
        models.put("cubic", new ModernHopfieldOptions(Similarity.DOT, Separation.polynomial(3)));
        for (CovarianceOptions.Form form : CovarianceOptions.Form.values()) {
            models.put("covariance " + form, CovarianceOptions.defaults().withForm(form));
        }
        models.put("autoencoder", AutoencoderOptions.defaults().withUpdates(50));
        models.put("steep autoencoder", AutoencoderOptions.defaults().withOptimiser(Optimiser.sgd(1e6)));
        models.remove("overparametrised autoencoder");
        return models;
    }

    static List<Named> cases() {
        return models().entrySet().stream()
                .map(entry -> new Named(entry.getKey(), entry.getValue()))
                .toList();
    }

    record Named(String name, MemoryModel model) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What can be learned, by a name that says what is odd about it. */
    private static Map<String, Matrix> sets() {
        Matrix b = random(6, 36, 1);
        Map<String, Matrix> sets = new LinkedHashMap<>();
        for (double scale : new double[] {1e-42, 1e-40, 1e-30, 1e-20, 1e-10, 1e-3, 1, 1e3, 1e6, 1e10, 9e14}) {
            sets.put("times " + scale, each(b, v -> scale * v));
            sets.put("signs times " + scale, each(b, v -> v > 0.5 ? scale : -scale));
        }
        sets.put("offset", each(b, v -> 1000 + v));
        sets.put("far offset", each(b, v -> 1e14 + v));
        sets.put("kelvin", each(b, v -> 273.15 + 10 * v));
        sets.put("negative", each(b, v -> v - 0.5));
        sets.put("one", b.slice(0, 1));
        sets.put("one of zeros", Matrix.zeros(1, 36));
        sets.put("zeros", Matrix.zeros(3, 36));
        sets.put("equal", b.rows(0, 0, 0, 0));
        sets.put("each twice", b.rows(0, 0, 1, 1, 2, 2));
        sets.put("duplicates", b.rows(0, 1, 2, 0, 0));
        sets.put("near", near(b));
        Matrix withZeros = b.copy();
        Arrays.fill(withZeros.data(), 0, 36, 0);
        sets.put("one is zeros", withZeros);
        sets.put("constant", constant());
        sets.put("border", border(b));
        sets.put("more than values", random(60, 36, 2));
        Matrix spike = b.copy();
        spike.set(2, 7, 9e14f);
        sets.put("a spike", spike);
        return sets;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsLearnedAnswersInFiniteNumbers(Named named) {
        List<String> wrong = new ArrayList<>();
        sets().forEach((set, patterns) -> {
            try {
                learned(named.model, patterns, named + ", " + set)
                        .ifPresent(memory -> wrong.addAll(wrong(memory, patterns, set)));
            } catch (RuntimeException | AssertionError e) {
                wrong.add(set + ": " + e);
            }
        });
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cuesMayBeAnythingThatIsAllowed(Named named) {
        List<String> wrong = new ArrayList<>();
        learned(named.model, random(6, 36, 1), named.name)
                .ifPresent(memory -> sets().forEach((set, cues) -> wrong.addAll(wrong(memory, cues, set))));
        assertThat(wrong).isEmpty();
    }

    /** Single values, of which no part can be known. */
    @ParameterizedTest
    @MethodSource("cases")
    void patternsMayHaveOneValue(Named named) {
        Matrix patterns = random(4, 1, 3);
        learned(named.model, patterns, Shape.of(1), named.name)
                .ifPresent(memory ->
                        assertThat(wrong(memory, patterns, "one value")).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatCannotBeSquaredIsRefused(Named named) {
        Matrix b = random(6, 36, 1);
        for (float value : new float[] {1e19f, 1e30f, 3e38f, -1e20f, Float.POSITIVE_INFINITY}) {
            Matrix patterns = b.copy();
            patterns.set(4, 3, value);
            assertThatThrownBy(() -> named.model.learn(patterns, SHAPE, 0, MemoryModel.Watch.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("[^\\n]{20,300}");
            learned(named.model, b, named.name).ifPresent(memory -> {
                assertThatThrownBy(() -> memory.recall(patterns)).isInstanceOf(UnusableValuesException.class);
                assertThatThrownBy(() -> memory.recover(patterns)).isInstanceOf(UnusableValuesException.class);
                assertThatThrownBy(() -> memory.complete(patterns, Mask.all(36)))
                        .isInstanceOf(UnusableValuesException.class);
            });
        }
    }

    /** Value 3 of each pattern is unknown: whatever stands there, the answer is that to any other number. */
    @ParameterizedTest
    @MethodSource("cases")
    void whatIsNotKnownMayBeAnything(Named named) {
        Matrix b = random(6, 36, 1);
        boolean[] known = new boolean[36];
        Arrays.fill(known, true);
        known[3] = false;
        known[20] = false;
        Mask mask = Mask.known(known);
        learned(named.model, b, named.name).ifPresent(memory -> {
            Recall expected = memory.complete(mask.blank(b, 0), mask);
            for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -3e38f, 0.7f}) {
                Recall recall = memory.complete(mask.blank(b, value), mask);
                assertThat(recall.patterns()).as("%s, %s", named, value).isEqualTo(expected.patterns());
                assertThat(recall.energy()).isEqualTo(expected.energy());
                assertThat(recall.answers()).isEqualTo(expected.answers());
                memory.identifier().ifPresent(identifier -> assertThat(identifier.identify(mask.blank(b, value), mask))
                        .isEqualTo(identifier.identify(mask.blank(b, 0), mask)));
            }
        });
    }

    private static Optional<AssociativeMemory> learned(MemoryModel model, Matrix patterns, String what) {
        return learned(model, patterns, SHAPE, what);
    }

    /** None where the model says why not. */
    private static Optional<AssociativeMemory> learned(MemoryModel model, Matrix patterns, Shape shape, String what) {
        try {
            Learned<? extends AssociativeMemory> learned = model.learn(patterns, shape, 0, MemoryModel.Watch.NONE);
            if (learned.outcome() == Outcome.DIVERGED) {
                assertThat(learned.audit().errors()).isEmpty();
                return Optional.empty();
            }
            assertThat(Arrays.stream(learned.audit().errors()).allMatch(Double::isFinite))
                    .as(what + ", audit")
                    .isTrue();
            return Optional.of(learned.memory());
        } catch (IllegalArgumentException | ArithmeticException e) {
            assertThat(e).as(what).hasMessageMatching("[^\\n]{20,300}");
            return Optional.empty();
        }
    }

    /** What of a recall is not a finite number. */
    private static List<String> wrong(Recall recall, String what) {
        List<String> wrong = new ArrayList<>();
        note(wrong, recall.patterns().isFinite(), what + ", patterns");
        note(wrong, Arrays.stream(recall.energy()).allMatch(Double::isFinite), what + ", energy");
        note(wrong, Arrays.stream(recall.residual()).allMatch(Double::isFinite), what + ", residual");
        recall.deviation().ifPresent(deviation -> note(wrong, deviation.isFinite(), what + ", deviation"));
        for (Answer answer : recall.answers()) {
            for (Answer.Candidate candidate : answer.candidates()) {
                note(wrong, candidate.probability() >= 0 && candidate.probability() <= 1, what + ", probability");
            }
        }
        return wrong;
    }

    private static void note(List<String> wrong, boolean right, String what) {
        if (!right) {
            wrong.add(what);
        }
    }

    /** What is wrong with the answers to whole and partial cues. */
    private static List<String> wrong(AssociativeMemory memory, Matrix cues, String what) {
        List<String> wrong = new ArrayList<>();
        try {
            wrong.addAll(wrong(memory.recall(cues), what + ", recall"));
            wrong.addAll(wrong(memory.recall(cues, 3), what + ", recall thrice"));
            wrong.addAll(wrong(memory.recover(cues), what + ", recover"));
            for (Mask mask : masks(cues.columns())) {
                wrong.addAll(wrong(memory.complete(cues, mask), what + ", complete " + mask));
            }
        } catch (ArithmeticException e) {
            note(wrong, String.valueOf(e.getMessage()).matches("[^\\n]{20,300}"), what + ", " + e);
        } catch (RuntimeException e) {
            wrong.add(what + ", " + e);
        }
        return wrong;
    }

    /** All, half, one and none of the values known. */
    private static List<Mask> masks(int values) {
        List<Mask> masks = new ArrayList<>();
        for (int first : new int[] {0, values / 2, values - 1, values}) {
            boolean[] known = new boolean[values];
            Arrays.fill(known, first, values, true);
            masks.add(Mask.known(known));
        }
        return masks;
    }

    private static Matrix random(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix patterns = Matrix.zeros(rows, columns);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = (float) random.nextDouble();
        }
        return patterns;
    }

    private static Matrix each(Matrix patterns, DoubleUnaryOperator change) {
        Matrix changed = patterns.copy();
        for (int i = 0; i < changed.data().length; i++) {
            changed.data()[i] = (float) change.applyAsDouble(changed.data()[i]);
        }
        return changed;
    }

    private static Matrix near(Matrix b) {
        Matrix near = b.rows(0, 0, 0, 0, 0);
        for (int i = 0; i < near.data().length; i++) {
            near.data()[i] += 1e-4f * b.data()[(7 * i) % b.data().length];
        }
        return near;
    }

    private static Matrix constant() {
        Matrix constant = Matrix.zeros(5, 36);
        for (int i = 0; i < 5; i++) {
            Arrays.fill(constant.data(), 36 * i, 36 * (i + 1), 0.25f * i);
        }
        return constant;
    }

    private static Matrix border(Matrix b) {
        Matrix border = b.copy();
        for (int i = 0; i < border.rows(); i++) {
            for (int j = 0; j < 6; j++) {
                border.set(i, j, 0);
                border.set(i, 30 + j, 1);
            }
        }
        return border;
    }
}
