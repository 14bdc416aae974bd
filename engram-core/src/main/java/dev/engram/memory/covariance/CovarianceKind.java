package dev.engram.memory.covariance;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import java.util.List;

/** The memory kind {@code covariance}: covariance-learning networks. */
public final class CovarianceKind implements MemoryKind {
    private static final Setting<CovarianceOptions.Form> FORM =
            Setting.choice("form", "F", "What is learned", CovarianceOptions.Form.class);
    private static final Setting<Double> RIDGE =
            Setting.positive("ridge", "R", "The ridge, as a fraction of the values' mean variance");

    @Override
    public String name() {
        return CovarianceOptions.defaults().name();
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(FORM, RIDGE);
    }

    @Override
    public CovarianceOptions model(Settings settings) {
        CovarianceOptions usual = CovarianceOptions.defaults();
        return new CovarianceOptions(
                settings.get(FORM).orElse(usual.form()), settings.get(RIDGE).orElse(usual.ridge()));
    }

    /** More rows than columns are a distribution, not a collection. */
    @Override
    public String remark(MemoryModel model, int patterns, Shape shape) {
        return patterns > shape.values()
                ? "a recall pulls each towards what its other values lead to expect. Filling in what is missing and finding what"
                        + " is odd do not depend on it"
                : "";
    }

    @Override
    public String advice(MemoryModel model, int patterns, Shape shape) {
        return "a smaller --ridge";
    }
}
