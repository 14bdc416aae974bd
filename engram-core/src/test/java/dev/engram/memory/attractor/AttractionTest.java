package dev.engram.memory.attractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Inference;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two codes, 0 and 1, over a network of one linear hidden node h, whose first value is predicted as h and whose second, where there is one, as
 * 2 h. With λ = 1 and spacing 1, λ of a stage and β are its sharpness s, and the equilibrium is h = (x + s m) / (1 + s).
 */
class AttractionTest {
    private static final Codes CODES = Codes.of(Matrix.wrap(2, 1, 0, 1), new double[] {1, 3});

    /** What was told of a round, or what is true at the end. */
    private record Round(double beta, double energy, double p, double h) {}

    private static GenerativeNetwork network(int values) {
        Matrix weights = values == 1 ? Matrix.wrap(1, 1, 1) : Matrix.wrap(2, 1, 1, 2);
        return GenerativeNetwork.of(Activation.LINEAR, List.of(weights), new float[] {0}, 1);
    }

    private static CodePrior prior(Codes codes) {
        return new CodePrior(LinearAlgebra.shared(), codes);
    }

    private static AttractionOptions options(int rounds, double tolerance, Double... sharpness) {
        return new AttractionOptions(1, 1, List.of(sharpness), rounds, tolerance, 0.01, 1e-3);
    }

    private static DoubleMatrix uniform(int cues) {
        DoubleMatrix p = DoubleMatrix.zeros(cues, 2);
        Arrays.fill(p.data(), 0.5);
        return p;
    }

    /** The rounds in double precision, and the end after them. */
    private static List<Round> alternations(double x, int most, double tolerance, Double... stages) {
        List<Round> rounds = new ArrayList<>();
        double p = 0.5; // of code 1
        double h = (x + stages[0] * p) / (1 + stages[0]);
        for (double s : stages) {
            double change = Double.POSITIVE_INFINITY;
            for (int round = 0; round < most && change > tolerance; round++) {
                Round now = weighed(x, h, s);
                change = Math.abs(now.p - p);
                p = now.p;
                rounds.add(now);
                h = (x + s * p) / (1 + s);
            }
        }
        rounds.add(weighed(x, h, stages[stages.length - 1]));
        return rounds;
    }

    private static Round weighed(double x, double h, double s) {
        double zero = 0.25 * Math.exp(-s / 2 * h * h);
        double one = 0.75 * Math.exp(-s / 2 * (h - 1) * (h - 1));
        return new Round(s, 0.5 * (x - h) * (x - h) - Math.log(zero + one), one / (zero + one), h);
    }

    /** Three rounds settle the first stage; the four of the second do not, so that the third, as sharp, takes one more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void inferenceAndWeighingAlternateStageByStage(int values) {
        Double[] stages = {1.0, 6.0, 6.0, 20.0};
        List<Round> expected = alternations(0.1, 4, 0.02, stages);
        List<Double> betas = new ArrayList<>();
        List<Double> energies = new ArrayList<>();
        Attraction.Result found = new Attraction(
                        Inference.forNetwork(network(values)), network(values), prior(CODES), options(4, 0.02, stages))
                .run(
                        values == 1 ? Matrix.wrap(1, 1, 0.1f) : Matrix.wrap(1, 2, 0.1f, 7),
                        values == 1 ? Clamp.all(1) : Clamp.known(2, 0),
                        uniform(1),
                        (beta, energy) -> {
                            betas.add(beta);
                            energies.add(energy[0]);
                        });
        assertThat(betas).containsExactly(1.0, 1.0, 1.0, 6.0, 6.0, 6.0, 6.0, 6.0, 20.0, 20.0);
        assertThat(expected).hasSize(betas.size() + 1);
        for (int i = 0; i < energies.size(); i++) {
            assertThat(energies.get(i)).isCloseTo(expected.get(i).energy, within(1e-5));
        }
        Round end = expected.get(expected.size() - 1);
        assertThat(found.energy()[0]).isCloseTo(end.energy, within(1e-5));
        assertThat(found.responsibilities().get(0, 1)).isCloseTo(end.p, within(1e-5));
        assertThat(found.equilibrium().values().layer(1).get(0, 0)).isCloseTo((float) end.h, within(1e-5f));
        float[] sensory = found.equilibrium().values().layer(0).row(0);
        assertThat(sensory[0]).as("known").isEqualTo(0.1f);
        for (int j = 0; j < values; j++) {
            float predicted = (float) ((j + 1) * end.h);
            assertThat(found.equilibrium().prediction().get(0, j)).isCloseTo(predicted, within(1e-5f));
            assertThat(sensory[j]).isCloseTo(j == 0 ? 0.1f : predicted, within(1e-5f));
        }
    }

    /** Of two cues the one at a code stands after a round, the one between the codes moves on. */
    @Test
    void aCueThatStandsIsLeftThere() {
        List<int[]> asked = new ArrayList<>();
        new Attraction(
                        named -> {
                            asked.add(named);
                            return Inference.forNetwork(network(1));
                        },
                        network(1),
                        prior(CODES),
                        options(20, 0, 50.0))
                .run(
                        Matrix.wrap(2, 1, 0, 0.1f),
                        Clamp.all(1),
                        Matrix.wrap(2, 2, 1, 0, 0.5f, 0.5f).toDouble(),
                        (beta, e) -> {});
        assertThat(asked.get(0)).containsExactly(0, 1);
        assertThat(asked.get(asked.size() - 1)).containsExactly(1);
        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i).length).isLessThanOrEqualTo(asked.get(i - 1).length);
        }
    }

    @Test
    void stagesThatFindEveryCueStandingHaveNoRounds() {
        List<Double> betas = new ArrayList<>();
        Attraction.Result found = new Attraction(
                        Inference.forNetwork(network(1)),
                        network(1),
                        prior(Codes.of(Matrix.wrap(1, 1, 3))),
                        options(5, 0, 4.0, 4.0, 4.0))
                .run(
                        Matrix.wrap(1, 1, 1),
                        Clamp.all(1),
                        Matrix.wrap(1, 1, 1).toDouble(),
                        (beta, energy) -> betas.add(beta));
        assertThat(betas).containsExactly(4.0);
        assertThat(found.energy()[0]).as("½ (1 - 2.6)² + 4/2 (2.6 - 3)²").isCloseTo(1.6, within(1e-6));
    }
}
