package dev.engram.experiments;

import dev.engram.experiments.baselines.Baselines;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.hopfield.Hopfield;
import java.util.List;
import java.util.Optional;

/** All experiments, in the order in which they are listed. A new one is one more line here. */
public final class Experiments {
    private Experiments() {}

    public static List<Experiment> all() {
        return List.of(new Baselines(), new Hopfield());
    }

    public static Optional<Experiment> find(String name) {
        return all().stream().filter(e -> e.name().equals(name)).findFirst();
    }
}
