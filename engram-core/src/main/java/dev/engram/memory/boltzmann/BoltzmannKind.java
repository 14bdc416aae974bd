package dev.engram.memory.boltzmann;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import java.util.List;
import java.util.Map;

/** The memory kind {@code boltzmann}: deep Boltzmann machines. */
public final class BoltzmannKind implements MemoryKind {
    private static final Setting<Integer> HIDDEN =
            Setting.countOrAuto("hidden", "Units in each hidden layer; auto takes four times the number of patterns");
    private static final Setting<Integer> UPDATES = Setting.count("updates", "U", "Weight updates, at most");
    private static final Setting<Double> LEARNING_RATE =
            Setting.positive("learning-rate", "A", "The step of a weight update");

    @Override
    public String name() {
        return BoltzmannOptions.defaults().name();
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(HIDDEN, UPDATES, LEARNING_RATE);
    }

    @Override
    public BoltzmannOptions model(Settings settings) {
        BoltzmannOptions usual = BoltzmannOptions.defaults();
        return usual.withHidden(usual.hiddenLayers(), settings.get(HIDDEN).orElse(usual.hidden()))
                .withUpdates(settings.get(UPDATES).orElse(usual.updates()))
                .withLearningRate(settings.get(LEARNING_RATE).orElse(usual.learningRate()));
    }

    @Override
    public Map<String, MemoryModel> variants() {
        return Map.of("deep Boltzmann", BoltzmannOptions.defaults());
    }

    @Override
    public String adviceOnDivergence(MemoryModel model) {
        return "a smaller --learning-rate, or " + MemoryKind.super.adviceOnDivergence(model);
    }

    @Override
    public String advice(MemoryModel model, int patterns, Shape shape) {
        return "more --updates, a larger --learning-rate where patterns are few, or a larger --hidden";
    }
}
