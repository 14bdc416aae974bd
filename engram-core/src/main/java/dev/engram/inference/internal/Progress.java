package dev.engram.inference.internal;

import dev.engram.inference.Equilibrium;
import dev.engram.inference.Status;
import dev.engram.inference.StopRule;
import dev.engram.linalg.Matrix;
import dev.engram.network.ValueNodes;
import java.util.Arrays;
import java.util.List;

/**
 * How far inference has come for each cue of a batch: its energies, the force left over, the steps taken, and how it ended.
 *
 * <p>A cue runs until it ends; an ended cue is not touched again before the next stage of the annealing. Different cues may be written by
 * different threads.
 */
final class Progress {
    private final double[][] energy;
    private final double[] residual;
    private final int[] steps;
    private final Status[] status;
    private final boolean[] running;
    private final boolean[] balanced;

    /** Cues that have not begun; until they do they count as cancelled. */
    Progress(int cues, int layers) {
        this.energy = new double[cues][layers];
        this.residual = new double[cues];
        this.steps = new int[cues];
        this.status = new Status[cues];
        this.running = new boolean[cues];
        this.balanced = new boolean[cues];
        Arrays.fill(status, Status.CANCELLED);
    }

    /** A stage of the annealing begins: all cues run that have finite values. That an energy rose before stays known. */
    void begin() {
        for (int cue = 0; cue < status.length; cue++) {
            running[cue] = status[cue] != Status.DIVERGED;
            if (running[cue] && status[cue] != Status.ENERGY_ROSE) {
                status[cue] = Status.STEPS_USED;
            }
        }
    }

    /** A cue stands at a point with these energies (per layer) and this residual; whether its forces count as balanced there. */
    void stands(int cue, double[] found, double force, boolean isBalanced) {
        System.arraycopy(found, 0, energy[cue], 0, found.length);
        residual[cue] = force;
        balanced[cue] = isBalanced;
    }

    /** The same, where balanced is what the rule says of the residual, or of an energy with what lies outside. */
    void stands(int cue, double[] found, double force, double outside, StopRule stop) {
        double total = Arrays.stream(found).sum() + outside;
        stands(cue, found, force, force <= stop.tolerance() || total <= stop.energy());
    }

    /** Counts a step. */
    void stepped(int cue) {
        steps[cue]++;
    }

    /** The energy of a cue rose in a step that was taken all the same. */
    void rose(int cue) {
        status[cue] = Status.ENERGY_ROSE;
    }

    void end(int cue, Status how) {
        running[cue] = false;
        status[cue] = how;
    }

    /** Ends the cues whose forces are balanced; returns whether any cue still runs. */
    boolean isUnderWay() {
        boolean any = false;
        for (int cue = 0; cue < status.length; cue++) {
            if (running[cue] && balanced[cue]) {
                end(cue, status[cue] == Status.ENERGY_ROSE ? Status.ENERGY_ROSE : Status.CONVERGED);
            }
            any |= running[cue];
        }
        return any;
    }

    /** Ends the cues that still run, as the observer wanted. */
    void cancel() {
        for (int cue = 0; cue < status.length; cue++) {
            if (running[cue]) {
                end(cue, Status.CANCELLED);
            }
        }
    }

    /** Takes over what a solver knows of the named cues, which are all it has, in their order. */
    void set(int[] cues, SolverState solver) {
        Progress of = solver.progress();
        for (int i = 0; i < cues.length; i++) {
            energy[cues[i]] = solver.energy(i);
            residual[cues[i]] = of.residual[i];
            steps[cues[i]] = of.steps[i];
            status[cues[i]] = of.status[i];
        }
    }

    boolean isRunning(int cue) {
        return running[cue];
    }

    /** Whether the forces are balanced where a cue stands. */
    boolean isBalanced(int cue) {
        return balanced[cue];
    }

    /** Per layer; live. */
    double[] energy(int cue) {
        return energy[cue];
    }

    /** Of all layers together. */
    double total(int cue) {
        return Arrays.stream(energy[cue]).sum();
    }

    double residual(int cue) {
        return residual[cue];
    }

    Status status(int cue) {
        return status[cue];
    }

    /** Per cue and layer; live. */
    double[][] energies() {
        return energy;
    }

    boolean hasDiverged() {
        return List.of(status).contains(Status.DIVERGED);
    }

    /** What is known of the end, with value nodes, prediction and energies that the caller found there. */
    Equilibrium equilibrium(ValueNodes end, Matrix prediction, double[][] energies) {
        return new Equilibrium(end, prediction, energies, residual, steps, List.of(status));
    }
}
