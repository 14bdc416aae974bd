package dev.engram.memory.autoencoder;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import dev.engram.network.Activation;
import dev.engram.network.UsualActivation;
import dev.engram.optimiser.Optimiser;
import java.util.List;

/** The memory kind {@code autoencoder}: shallow autoencoders, applied again and again. */
public class AutoencoderKind implements MemoryKind {
    private static final Setting<Integer> HIDDEN =
            Setting.countOrAuto("hidden", "Units in each hidden layer; auto takes about twice the number of patterns");
    private static final Setting<UsualActivation> ACTIVATION =
            Setting.choice("activation", "F", "Non-linearity", UsualActivation.class);
    private static final Setting<Integer> UPDATES = Setting.count("updates", "U", "Weight updates, at most");
    private static final Setting<Double> LEARNING_RATE =
            Setting.positive("learning-rate", "A", "The step of a weight update");

    @Override
    public String name() {
        return usual().name();
    }

    AutoencoderOptions usual() {
        return AutoencoderOptions.defaults();
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(HIDDEN, ACTIVATION, UPDATES, LEARNING_RATE);
    }

    @Override
    public AutoencoderOptions model(Settings settings) {
        AutoencoderOptions usual = usual();
        return usual.withHidden(usual.hiddenLayers(), settings.get(HIDDEN).orElse(usual.hidden()))
                .withActivation(settings.get(ACTIVATION).<Activation>map(f -> f).orElse(usual.activation()))
                .withUpdates(settings.get(UPDATES).orElse(usual.updates()))
                .withOptimiser(settings.get(LEARNING_RATE).map(Optimiser::adam).orElse(usual.optimiser()));
    }

    @Override
    public String adviceOnDivergence(MemoryModel model) {
        return "a smaller --learning-rate, or " + MemoryKind.super.adviceOnDivergence(model);
    }

    @Override
    public String advice(MemoryModel model, int patterns, Shape shape) {
        return "more --updates, or a larger --hidden";
    }

    /** The deep one of figure 8, {@code overparametrised-autoencoder}. */
    public static final class Overparametrised extends AutoencoderKind {
        @Override
        public String name() {
            return "overparametrised-autoencoder";
        }

        @Override
        AutoencoderOptions usual() {
            return AutoencoderOptions.overparametrised();
        }

        @Override
        public String advice(MemoryModel model, int patterns, Shape shape) {
            return "more --updates, or --model autoencoder";
        }
    }
}
