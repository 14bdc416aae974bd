package dev.engram.experiments.kit;

import dev.engram.io.file.InputException;
import dev.engram.io.numpy.NpzFile;
import dev.engram.linalg.Tensor;
import java.nio.file.Path;

/** The classes of labelled pictures. */
public final class ClassLabels {
    private ClassLabels() {}

    /**
     * Those beside the pictures of a data set: the entry {@code labels} of an .npz.
     *
     * @param count how many, from the first
     */
    public static int[] read(Path file, int count) {
        if (!String.valueOf(file.getFileName()).endsWith(".npz")) {
            throw new InputException(
                    "%s holds no labels that can be read here. Maybe save pictures and labels as entries of an .npz."
                            .formatted(file));
        }
        float[] values = NpzFile.readFirst(file, "labels", count).values();
        int[] labels = new int[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Math.round(values[i]);
        }
        return labels;
    }

    /** [labels, classes], a one in every row. */
    public static Tensor oneHot(int[] labels, int classes) {
        float[] data = new float[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            data[i * classes + labels[i]] = 1;
        }
        return Tensor.wrap(data, labels.length, classes);
    }
}
