package dev.engram.memory.hopfield;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import java.util.List;
import java.util.Map;

/** The memory kind {@code hopfield}: classical Hopfield networks. */
public final class HopfieldKind implements MemoryKind {
    private static final Setting<HopfieldRule> RULE =
            Setting.choice("rule", "RULE", "How the weights are learned", HopfieldRule.class);
    private static final Setting<Double> BINARISE_ABOVE = Setting.finite(
                    "binarise-above",
                    "V",
                    "The network knows two values only: those above this are the one, in patterns and cues, the rest the other")
            .describedAs("threshold");

    @Override
    public String name() {
        return HopfieldOptions.defaults().name();
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(RULE, BINARISE_ABOVE);
    }

    @Override
    public HopfieldOptions model(Settings settings) {
        HopfieldOptions usual = HopfieldOptions.defaults();
        return usual.withRule(settings.get(RULE).orElse(usual.rule()))
                .withThreshold(settings.get(BINARISE_ABOVE).orElse(usual.threshold()));
    }

    @Override
    public Map<String, MemoryModel> variants() {
        return Map.of("Hopfield, pseudo-inverse", HopfieldOptions.defaults().withRule(HopfieldRule.PSEUDO_INVERSE));
    }

    @Override
    public String advice(MemoryModel model, int patterns, Shape shape) {
        return "another --rule, or fewer patterns (--limit)";
    }
}
