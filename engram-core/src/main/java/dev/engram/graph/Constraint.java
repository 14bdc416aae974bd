package dev.engram.graph;

import dev.engram.linalg.Tensor;

/** A condition that a parameter of a graph must satisfy, such as symmetric weights. Values and forces are projected onto it. */
public enum Constraint {
    NONE {
        @Override
        void project(Tensor tensor) {}
    },
    /** W = Wᵀ, W_ii = 0: the weights of a Hopfield network. For square matrices. */
    SYMMETRIC_ZERO_DIAGONAL {
        @Override
        void project(Tensor tensor) {
            int n = tensor.extent(0);
            for (int i = 0; i < n; i++) {
                tensor.set(i * n + i, 0);
                for (int j = 0; j < i; j++) {
                    double mean = 0.5 * (tensor.get(i * n + j) + tensor.get(j * n + i));
                    tensor.set(i * n + j, mean);
                    tensor.set(j * n + i, mean);
                }
            }
        }
    };

    /** Moves the tensor to the nearest one that satisfies this, in place. */
    abstract void project(Tensor tensor);
}
