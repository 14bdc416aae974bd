package dev.engram.experiments.hopfield;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.ContactSheet;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.covariance.CovarianceOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Pictures completed from their upper part by the covariance-learning network, whose linear units take grey values as they are, beside
 * the memories that need no learning.
 */
final class CovarianceCell {
    static final String PICTURES = "pictures";
    static final String DENDRITIC = "covariance, dendritic";
    static final String IMPLICIT = "covariance, implicit";
    static final String NEAREST = "nearest neighbour";
    static final String SPAN = "affine span";
    static final List<String> MEMORIES = List.of(DENDRITIC, IMPLICIT, NEAREST, SPAN);
    static final List<DataSet> SETS = List.of(DataSet.MNIST, DataSet.CIFAR10);
    static final String SHEET = "completion";
    static final String COMPLETED = "completed fraction";
    static final String ERROR = "mean squared error";
    static final double HALF = 0.5;
    private static final List<Double> KNOWN = List.of(0.0625, 0.125, 0.25, HALF, 0.75);
    private static final int SHOWN = 12;

    private final Workbench bench;
    private final PatternSet set;

    CovarianceCell(Workbench bench, DataSet data) {
        this.bench = bench;
        this.set = bench.patterns(data);
    }

    static Setting setting(DataSet data) {
        return Setting.of(PICTURES, data.title());
    }

    void run() {
        Map<String, AssociativeMemory> memories = memories(set.patterns(), LinearAlgebra.shared());
        for (double known : KNOWN) {
            Region part = new Region.Edge(Region.Edge.Side.TOP, known);
            Mask mask = Mask.known(part, set.shape(), 1, bench.seed());
            Matrix cues = mask.blank(set.patterns(), 0);
            Map<String, Matrix> shown = new LinkedHashMap<>();
            shown.put("original", set.patterns());
            shown.put("cue", cues);
            memories.forEach((name, memory) -> {
                bench.requireGoingOn();
                Matrix answers = memory.complete(cues, mask).patterns();
                Score score = Score.of(set.patterns(), answers);
                Setting setting = bench.setting().with("known", known).with("memory", name);
                bench.measure(setting, COMPLETED, score.recoveredFraction(Score.COMPLETION_THRESHOLD));
                bench.measure(setting, ERROR, score.mean());
                shown.put(name, answers);
            });
            if (known == HALF) {
                show(shown);
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

    private void show(Map<String, Matrix> rows) {
        int[] first = IntStream.range(0, Math.min(SHOWN, set.count())).toArray();
        ContactSheet sheet = new ContactSheet(set.shape(), SHOWN);
        rows.forEach((name, pictures) -> sheet.row(name, pictures.rows(first)));
        bench.sheet(SHEET, sheet.sheet());
    }
}
