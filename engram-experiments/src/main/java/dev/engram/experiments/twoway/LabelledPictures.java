package dev.engram.experiments.twoway;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.ClassLabels;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.memory.Shape;
import java.util.Arrays;

/**
 * Digits in [0, 1] and which ones they are.
 *
 * @param pictures [examples, values]
 */
record LabelledPictures(Matrix pictures, int[] labels, Shape shape) {
    static final int CLASSES = 10;

    /** As many as the cell asked for. */
    static LabelledPictures read(Workbench bench, DataSet set) {
        PatternSet patterns = bench.patterns(set);
        int[] labels = ClassLabels.read(bench.path(set), patterns.count());
        return new LabelledPictures(patterns.patterns(), labels, patterns.shape());
    }

    int count() {
        return labels.length;
    }

    LabelledPictures first(int count) {
        int size = Math.min(count, count());
        Matrix some = Matrix.wrap(size, values(), Arrays.copyOf(pictures.data(), size * values()));
        return new LabelledPictures(some, Arrays.copyOf(labels, size), shape);
    }

    int values() {
        return pictures.columns();
    }

    /** The pictures as a batch; the same numbers, not a copy. */
    Tensor batch() {
        return Tensor.wrap(pictures.data(), count(), values());
    }

    Observations clamped(Node picture, Node label) {
        return Observations.of(picture, batch()).and(label, ClassLabels.oneHot(labels, CLASSES));
    }

    /** One row for each class: the mean of its pictures. */
    Matrix classMeans() {
        Matrix means = Matrix.zeros(CLASSES, values());
        int[] counts = new int[CLASSES];
        for (int i = 0; i < count(); i++) {
            counts[labels[i]]++;
            for (int j = 0; j < values(); j++) {
                means.set(labels[i], j, means.get(labels[i], j) + pictures.get(i, j));
            }
        }
        for (int c = 0; c < CLASSES; c++) {
            for (int j = 0; j < values(); j++) {
                means.set(c, j, means.get(c, j) / Math.max(1, counts[c]));
            }
        }
        return means;
    }

    /** How many values of a picture, from the first, are in its upper half. */
    int upperHalf() {
        return values() / 2;
    }

    /** 1 where a value is in the upper half, else 0. */
    Tensor isUpper() {
        float[] known = new float[count() * values()];
        for (int i = 0; i < count(); i++) {
            Arrays.fill(known, i * values(), i * values() + upperHalf(), 1);
        }
        return Tensor.wrap(known, count(), values());
    }

    /** The pictures with zeros in their lower halves. */
    Matrix upperHalves() {
        float[] cut = pictures.data().clone();
        for (int i = 0; i < count(); i++) {
            Arrays.fill(cut, i * values() + upperHalf(), (i + 1) * values(), 0);
        }
        return Matrix.wrap(count(), values(), cut);
    }

    /** The mean squared error of completions over the lower halves. */
    double lowerError(Matrix completed) {
        double sum = 0;
        for (int i = 0; i < count(); i++) {
            for (int j = upperHalf(); j < values(); j++) {
                double gap = completed.get(i, j) - pictures.get(i, j);
                sum += gap * gap;
            }
        }
        return sum / ((double) count() * (values() - upperHalf()));
    }

    /** The fraction of pictures for whose label an output [examples, classes] is largest. */
    double accuracy(Tensor output) {
        int right = 0;
        for (int i = 0; i < count(); i++) {
            int best = 0;
            for (int c = 1; c < CLASSES; c++) {
                best = output.get(i * CLASSES + c) > output.get(i * CLASSES + best) ? c : best;
            }
            right += best == labels[i] ? 1 : 0;
        }
        return (double) right / count();
    }
}
