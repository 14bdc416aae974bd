package dev.engram.memory.attractor;

import dev.engram.linalg.Matrix;
import java.util.Arrays;

/** A set of orthonormal directions, extended by the part of each further vector that lies outside them. */
final class Directions {
    private static final double ROUNDING = 1e-5; // of a vector's length

    private final int dimensions;
    private final float[] rows;
    private int count;

    /**
     * @param orthonormal directions to begin with, as rows
     * @param more the most that are going to be added
     */
    Directions(Matrix orthonormal, int more) {
        this.dimensions = orthonormal.columns();
        this.count = orthonormal.rows();
        this.rows = Arrays.copyOf(orthonormal.data(), (count + more) * dimensions);
    }

    int count() {
        return count;
    }

    /**
     * What a vector has beside the directions; unless that is rounding it is the next direction.
     *
     * @return at right angles to the directions before; nothing but zeros where it is rounding
     */
    double[] add(float[] vector) {
        double[] rest = wide(vector);
        double whole = norm(rest);
        for (int pass = 0; pass < 2; pass++) { // the second takes off what the rounding of the first left
            for (int k = 0; k < count; k++) {
                subtractAlong(k, rest);
            }
        }
        double length = norm(rest);
        if (!(length > ROUNDING * whole)) {
            return new double[dimensions];
        }
        for (int j = 0; j < dimensions; j++) {
            rows[count * dimensions + j] = (float) (rest[j] / length);
        }
        count++;
        return rest;
    }

    /** A vector's part along each direction. */
    double[] coordinates(float[] vector) {
        double[] wide = wide(vector);
        double[] coordinates = new double[count];
        for (int k = 0; k < count; k++) {
            coordinates[k] = along(k, wide);
        }
        return coordinates;
    }

    private double along(int direction, double[] vector) {
        double along = 0;
        int at = direction * dimensions;
        for (int j = 0; j < dimensions; j++) {
            along += rows[at + j] * vector[j];
        }
        return along;
    }

    private void subtractAlong(int direction, double[] vector) {
        double along = along(direction, vector);
        int at = direction * dimensions;
        for (int j = 0; j < dimensions; j++) {
            vector[j] -= along * rows[at + j];
        }
    }

    private static double[] wide(float[] vector) {
        double[] wide = new double[vector.length];
        for (int j = 0; j < wide.length; j++) {
            wide[j] = vector[j];
        }
        return wide;
    }

    static double norm(double[] vector) {
        double squares = 0;
        for (double v : vector) {
            squares += v * v;
        }
        return Math.sqrt(squares);
    }

    /** The directions from number {@code from} on, as rows. */
    Matrix from(int from) {
        return Matrix.wrap(count - from, dimensions, Arrays.copyOfRange(rows, from * dimensions, count * dimensions));
    }
}
