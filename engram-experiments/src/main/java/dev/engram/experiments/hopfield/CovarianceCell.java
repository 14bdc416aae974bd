package dev.engram.experiments.hopfield;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.Fractions.EIGHTH;
import static dev.engram.experiments.kit.Fractions.HALF;
import static dev.engram.experiments.kit.Fractions.QUARTER;
import static dev.engram.experiments.kit.Fractions.SIXTEENTH;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Answers;
import dev.engram.experiments.kit.Question;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.covariance.CovarianceOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures completed from their upper part by the covariance-learning network, whose linear units take grey values as they are, beside
 * the memories that need no learning.
 */
final class CovarianceCell {
    static final String PICTURES = "pictures";
    static final String DENDRITIC = "covariance, dendritic";
    static final String IMPLICIT = "covariance, implicit";
    static final List<String> MEMORIES = List.of(DENDRITIC, IMPLICIT, NEAREST, SPAN);
    static final List<DataSet> SETS = List.of(DataSet.MNIST, DataSet.CIFAR10);
    static final String SHEET = "completion";
    static final String COMPLETED = "completed fraction";
    private static final List<Double> FRACTIONS = List.of(SIXTEENTH, EIGHTH, QUARTER, HALF, 0.75);
    private static final int SHOWN = 12;

    private final Workbench bench;
    private final PatternSet set;

    CovarianceCell(Workbench bench, DataSet data) {
        this.bench = bench;
        this.set = bench.patterns(data);
    }

    static CellSetting setting(DataSet data) {
        return CellSetting.of(PICTURES, data.title());
    }

    void run() {
        Map<String, AssociativeMemory> memories = memories(set.patterns(), bench.la());
        for (double known : FRACTIONS) {
            Question part = Question.known(known);
            DamagedCues cues = part.damage().apply(set.patterns(), set.shape(), bench.seed());
            Map<String, Recall> recalls = new LinkedHashMap<>();
            memories.forEach((name, memory) -> {
                bench.requireGoingOn();
                Recall recall = cues.ask(memory);
                Score score = Score.of(set.patterns(), recall.patterns());
                CellSetting setting = part.on(bench.setting()).with(MEMORY, name);
                bench.measure(
                        setting,
                        COMPLETED,
                        score.recoveredFraction(part.damage().threshold()));
                bench.measure(setting, ERROR, score.mean());
                recalls.put(name, recall);
            });
            if (known == HALF) {
                bench.sheet(SHEET, new Answers(set.shape(), set.patterns(), cues, recalls).sheet(SHOWN));
            }
        }
    }

    private static Map<String, AssociativeMemory> memories(Matrix originals, LinearAlgebra la) {
        CovarianceOptions dendritic = CovarianceOptions.defaults();
        CovarianceOptions implicit = dendritic.withForm(CovarianceOptions.Form.IMPLICIT);
        Map<String, AssociativeMemory> memories = new LinkedHashMap<>();
        memories.put(DENDRITIC, CovarianceMemory.learn(originals, dendritic, la));
        memories.put(IMPLICIT, CovarianceMemory.learn(originals, implicit, la));
        memories.put(NEAREST, new NearestNeighbour(la, originals));
        memories.put(SPAN, new AffineSpan(la, originals));
        return memories;
    }
}
