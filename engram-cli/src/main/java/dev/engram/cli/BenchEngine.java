package dev.engram.cli;

import dev.engram.graph.GenerativeNetwork;
import dev.engram.linalg.Matrix;

/** One way to compute the race's workload. Every engine walks the same trajectory; they differ in what a step costs. */
interface BenchEngine {
    /** γ of the race's inference. */
    double GAMMA = 0.1;

    /** That many inference steps with the sensory layer clamped to the patterns, from x¹ = b. */
    void infer(int steps);

    /** The same, and then one weight update. */
    void cycle(int steps);

    /**
     * That many inference steps with the sensory layer clamped to the cues, from x¹ = b.
     *
     * @return the read-out θ f(x¹), [cues, d]
     */
    Matrix recall(int steps);

    /**
     * Where the last command ended; nothing is copied.
     *
     * @throws CommandException before the first inference
     */
    State state();

    /**
     * @param network with the weights as learned so far
     * @param hidden x¹, [patterns, n]
     */
    record State(GenerativeNetwork network, Matrix hidden) {}
}
