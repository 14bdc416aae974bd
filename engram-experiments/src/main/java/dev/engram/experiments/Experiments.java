package dev.engram.experiments;

import dev.engram.experiments.baselines.Baselines;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.graphs.Graphs;
import dev.engram.experiments.hopfield.Hopfield;
import dev.engram.experiments.salvatori.Figure10;
import dev.engram.experiments.salvatori.Figure3;
import dev.engram.experiments.salvatori.Figure4;
import dev.engram.experiments.salvatori.Figure6;
import dev.engram.experiments.salvatori.Figure7;
import dev.engram.experiments.salvatori.Figure8;
import dev.engram.experiments.salvatori.Figure9;
import dev.engram.experiments.salvatori.Table1;
import dev.engram.experiments.training.TrainingSuite;
import dev.engram.experiments.twoway.BothWays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All experiments, in the order in which they are listed. A new one is one more line here. */
public final class Experiments {
    private Experiments() {}

    public static List<Experiment> all() {
        return List.of(
                new Baselines(),
                new Figure3(),
                new Figure4(),
                new Figure6(),
                new Figure7(),
                new Figure8(),
                new Figure9(),
                new Table1(),
                new Figure10(),
                new Graphs(),
                new TrainingSuite(),
                new BothWays(),
                new Hopfield(),
                new Beyond());
    }

    /** These, and the parts of {@link Beyond}, which can be run alone. */
    public static Stream<Experiment> named() {
        return Stream.concat(all().stream(), Beyond.PARTS.stream());
    }

    /** The one of that name. */
    public static Optional<Experiment> find(String name) {
        return named().filter(e -> e.name().equals(name)).findFirst();
    }
}
