package dev.engram.memory.attractor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.inference.Engine;
import dev.engram.memory.Settings;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictiveCodingKindTest {
    /** Version 0.1 called the reduced engine gram, in its files and on its command line. */
    @ParameterizedTest
    @ValueSource(strings = {"reduced", "gram", " Gram "})
    void theReducedEngineIsKnownByBothItsNames(String word) {
        PredictiveCodingOptions options =
                (PredictiveCodingOptions) new PredictiveCodingKind().model(new Settings(Map.of("engine", word)));
        assertThat(options.engine()).isEqualTo(Engine.REDUCED);
        assertThat(options.describe()).containsEntry("engine", "reduced");
    }
}
