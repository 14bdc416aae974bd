package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What comes of learning and recall: audits, scores, recalls. */
class LearnedTest {
    private static final Matrix PATTERNS = Matrix.wrap(2, 2, 0, 0, 3, 4);
    private static final Recall RECALL = Recall.closedForm(PATTERNS, new double[] {1, 2});

    /** Stops the audit when so many patterns are audited. */
    private static MemoryModel.Watch until(int most, List<Integer> told) {
        return new MemoryModel.Watch() {
            @Override
            public boolean onUpdate(int update, int updates, double trainingError) {
                return true;
            }

            @Override
            public boolean onAudit(int audited, int patterns) {
                told.add(audited);
                return audited < most;
            }
        };
    }

    @Test
    void anAuditThatIsStoppedIsOfWhatWasLookedAt() {
        Matrix many = Matrix.zeros(600, 1);
        for (int i = 0; i < 600; i++) {
            many.set(i, 0, i);
        }
        NearestNeighbour memory = new NearestNeighbour(many);
        List<Integer> told = new ArrayList<>();

        Learned<NearestNeighbour> stopped = Learned.atOnce(memory, many, until(500, told));

        assertThat(told).containsExactly(0, 256, 512);
        assertThat(stopped.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(stopped.audit().errors()).containsExactly(new double[512]);
        assertThat(stopped.memory()).isSameAs(memory);
        assertThat(Learned.atOnce(memory, many, until(0, told)).audit().errors())
                .isEmpty();
        assertThat(Learned.atOnce(memory, many, until(601, told)).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void ofMoreThanAThousandPatternsFiveHundredAreAudited() {
        assertThat(Learned.asked(1_000))
                .containsExactly(IntStream.range(0, 1_000).toArray());
        int[] asked = Learned.asked(1_001);
        assertThat(asked).hasSize(500).isSorted().doesNotHaveDuplicates();
        assertThat(Learned.asked(1_001)).containsExactly(asked);
        assertThat(asked[499]).isGreaterThan(900).isLessThan(1_001);
    }

    /** The two patterns (0, 0) and (3, 4) come back as they are; asked for (0, 1) and (3, 4), the first has an error of 1/2. */
    @Test
    void theAuditIsOfTheMemoryThatAnswers() {
        NearestNeighbour answering = new NearestNeighbour(PATTERNS);
        Learned<String> network = new Learned<>("network", Outcome.CANCELLED, 7, new Score(new double[] {9}));
        Matrix stored = Matrix.wrap(2, 2, 0, 1, 3, 4);

        Learned<NearestNeighbour> audited = Learned.audited(network, answering, stored, MemoryModel.Watch.NONE);

        assertThat(audited.memory()).isSameAs(answering);
        assertThat(audited.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(audited.updates()).isEqualTo(7);
        assertThat(audited.audit().errors()).containsExactly(0.5, 0);
    }

    @Test
    void whatDivergedHasNoAudit() {
        NearestNeighbour answering = new NearestNeighbour(PATTERNS);
        Learned<String> diverged = new Learned<>("network", Outcome.DIVERGED, 7, new Score(new double[] {9}));

        assertThat(diverged.checked().audit().errors()).isEmpty();
        assertThat(diverged.checked().updates()).isEqualTo(7);
        Learned<NearestNeighbour> audited = Learned.audited(diverged, answering, PATTERNS, MemoryModel.Watch.NONE);
        assertThat(audited.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(audited.updates()).isEqualTo(7);
        assertThat(audited.audit().errors()).isEmpty();
        Learned<String> infinite =
                new Learned<>("network", Outcome.COMPLETED, 3, new Score(new double[] {1, Double.NaN}));
        assertThat(infinite.checked().outcome()).isEqualTo(Outcome.DIVERGED);
        Learned<String> fine = new Learned<>("network", Outcome.COMPLETED, 3, new Score(new double[] {1}));
        assertThat(fine.checked()).isSameAs(fine);
    }

    /** Errors (1 + 1)/2, 0 and (9 + 0)/2. */
    @Test
    void scoresAreMeanSquares() {
        Score score = Score.of(Matrix.wrap(3, 2, 0, 0, 1, 1, 5, 5), Matrix.wrap(3, 2, 1, -1, 1, 1, 2, 5));

        assertThat(score.errors()).containsExactly(1, 0, 4.5);
        assertThat(score.times(2).errors()).containsExactly(2, 0, 9);
        assertThat(score.recovered(1)).isEqualTo(1);
        assertThat(score.recovered(1.01)).isEqualTo(2);
        assertThat(score.recoveredFraction(1.01)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(score.mean()).isCloseTo(5.5 / 3, within(1e-12));
        Score none = new Score(new double[0]);
        assertThat(none.mean()).isZero();
        assertThat(none.recoveredFraction(1)).isZero();
        for (Matrix other : new Matrix[] {Matrix.zeros(2, 3), Matrix.zeros(3, 2)}) {
            assertThatThrownBy(() -> Score.of(PATTERNS, other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the shapes must agree");
        }
    }

    @Test
    void aRecallHasOneOfEverythingForEachPattern() {
        double[] two = {1, 2};
        double[] three = {1, 2, 3};
        List<Status> ended = List.of(Status.CONVERGED, Status.STALLED);
        List<Answer> one = List.of(new Answer.Ambiguous(List.of()));
        new Recall(PATTERNS, two, two, new int[2], ended);
        assertRefused(() -> new Recall(PATTERNS, three, two, new int[2], ended));
        assertRefused(() -> new Recall(PATTERNS, two, three, new int[2], ended));
        assertRefused(() -> new Recall(PATTERNS, two, two, new int[3], ended));
        assertRefused(() -> new Recall(PATTERNS, two, two, new int[2], List.of(Status.CONVERGED)));
        assertRefused(() -> new Recall(PATTERNS, two, two, new int[2], ended, one, Optional.empty()));
    }

    private static void assertRefused(ThrowingCallable made) {
        assertThatThrownBy(made)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A recall of 2 patterns needs");
    }

    @Test
    void whatIsSaidOfARecallIsAddedToIt() {
        assertThat(RECALL.status()).containsExactly(Status.CONVERGED, Status.CONVERGED);
        assertThat(RECALL.residual()).containsExactly(0, 0);
        assertThat(RECALL.steps()).containsExactly(0, 0);
        assertThat(RECALL.count(Status.CONVERGED)).isEqualTo(2);
        assertThat(RECALL.count(Status.STALLED)).isZero();
        List<Answer> answers = List.of(new Answer.Ambiguous(List.of()), new Answer.Unfamiliar(1, List.of()));
        Matrix trust = Matrix.zeros(2, 2);
        Matrix deviation = Matrix.zeros(2, 2);

        Recall all = RECALL.withAnswers(answers).withTrust(trust).withDeviation(deviation);

        assertThat(all.answers()).isEqualTo(answers);
        assertThat(all.trust()).containsSame(trust);
        assertThat(all.deviation()).containsSame(deviation);
        assertThat(all.patterns()).isSameAs(PATTERNS);
        assertThat(all.energy()).containsExactly(1, 2);
    }

    /** Four patterns: recalled, taken for another, ambiguous with itself, ambiguous without. */
    @Test
    void anAuditCountsWhatAnswersWithItself() {
        List<Answer.Candidate> ofTwo = List.of(new Answer.Candidate(2, 0.5), new Answer.Candidate(0, 0.5));
        List<Answer> answers = List.of(
                new Answer.Recalled(0, 0.5, List.of()),
                new Answer.Recalled(0, 0.5, List.of()),
                new Answer.Ambiguous(ofTwo),
                new Answer.Ambiguous(ofTwo));
        MemoryAudit audit = new MemoryAudit(new Score(new double[4]), answers, new double[] {1, 0.5, 1e-3, 0.9e-3}, 6);

        assertThat(audit.patterns()).isEqualTo(4);
        assertThat(audit.recalled()).isEqualTo(1);
        assertThat(audit.ambiguous()).isEqualTo(1);
        assertThat(audit.crowded()).isEqualTo(1);
        assertThat(audit.capacityLeft()).isEqualTo(2);
        assertThat(audit.isSound()).isFalse();
        List<Answer> right =
                List.of(answers.get(0), new Answer.Recalled(1, 0.5, List.of()), new Answer.Ambiguous(ofTwo));
        assertThat(audit(right, 3).isSound()).isTrue();
        assertThat(audit(right, 2).isSound()).isFalse();
        assertThat(audit(right, 2).capacityLeft()).isZero();
    }

    private static MemoryAudit audit(List<Answer> answers, int capacity) {
        return new MemoryAudit(new Score(new double[3]), answers, new double[] {1, 1, 1}, capacity);
    }
}
