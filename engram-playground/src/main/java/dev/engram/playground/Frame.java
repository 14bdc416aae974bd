package dev.engram.playground;

import java.util.List;

/**
 * One step of a recall, as it is kept and shown.
 *
 * @param priorPrecision the λ in force
 * @param energy per layer
 * @param mse between the picture and the undamaged original
 * @param picture the answer at this step
 * @param errors the sensory error nodes
 * @param values the value nodes of each hidden layer
 * @param hiddenErrors their error nodes
 * @param state the same, one layer after the other, as they were
 */
record Frame(
        int step,
        double priorPrecision,
        double[] energy,
        double mse,
        String picture,
        String errors,
        List<String> values,
        List<String> hiddenErrors,
        float[] state) {

    /** The numbers of a step, without the pictures. */
    record Numbers(int step, double priorPrecision, double[] energy, double total, double mse) {}

    /** All that a page shows of a step. */
    record View(Numbers numbers, String picture, String errors, List<String> values, List<String> hiddenErrors) {}

    Numbers numbers() {
        double total = 0;
        for (double layer : energy) {
            total += layer;
        }
        return new Numbers(step, priorPrecision, energy, total, mse);
    }

    View view() {
        return new View(numbers(), picture, errors, values, hiddenErrors);
    }
}
