package dev.engram.experiments.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.report.Sheet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellJsonTest {
    private static final CellSetting SETTING =
            CellSetting.of("data", "Größe \"x\"").with("patterns", 50).with("known", 0.125);

    @Test
    void whatIsKeptComesBackBitByBit() {
        double[] awkward = {0.1, -0.0, Double.MIN_VALUE, Math.PI, Double.NaN, Double.NEGATIVE_INFINITY, 1e300};
        List<Measurement> measurements = List.of(
                new Measurement(SETTING, "error", 1.0 / 3), new Measurement(SETTING, "rate", Double.POSITIVE_INFINITY));
        Sheet sheet = new Sheet(List.of("a", "b"), 3, List.of(new byte[] {1, -1, 0}), List.of(0.75));
        CellRecord record = new CellRecord(
                measurements,
                List.of(new Measurement(SETTING, "seconds", 0.25)),
                Map.of("curve", awkward),
                Map.of("sheet", sheet),
                1.5);

        CellRecord back = CellJson.read(CellJson.write(record, "abc"), "abc").orElseThrow();

        assertThat(back.measurements()).isEqualTo(measurements);
        assertThat(List.copyOf(back.measurements().get(0).setting().parts().keySet()))
                .containsExactly("data", "patterns", "known");
        assertThat(back.timings()).isEqualTo(record.timings());
        assertThat(back.curves().get("curve")).containsExactly(awkward);
        assertThat(back.sheets().get("sheet").blocks().get(0)).containsExactly(1, -1, 0);
        assertThat(back.sheets().get("sheet").labels()).containsExactly("a", "b");
        assertThat(back.sheets().get("sheet").shares()).containsExactly(0.75);
        assertThat(back.seconds()).isEqualTo(1.5);
    }

    @Test
    void anotherFingerprintOrNonsenseIsNothing() {
        CellRecord record = new CellRecord(List.of(), List.of(), Map.of(), Map.of(), 0);
        byte[] json = CellJson.write(record, "abc");
        assertThat(CellJson.read(json, "abd")).isEmpty();
        assertThat(CellJson.read("[1, 2".getBytes(StandardCharsets.UTF_8), "abc"))
                .isEmpty();
        assertThat(CellJson.read(new byte[0], "abc")).isEmpty();
        assertThat(CellJson.read("{\"format\":3,\"fingerprint\":\"abc\"}".getBytes(StandardCharsets.UTF_8), "abc"))
                .isEmpty();
    }

    /** A digit that turns into another is a number like any; the digest tells. */
    @Test
    void everyBitTurnedOverAndEveryEndCutOffIsFound() {
        CellRecord record = new CellRecord(
                List.of(new Measurement(SETTING, "error", 1.0 / 3)),
                List.of(),
                Map.of("curve", new double[] {1, 2.5}),
                Map.of("sheet", new Sheet(List.of("a"), 1, List.of(new byte[] {7}), List.of(0.5))),
                1.5);
        byte[] whole = CellJson.write(record, "abc");

        assertThat(CellJson.isDamaged(whole)).isFalse();
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(CellJson.isDamaged(flipped)).as("bit %d", bit).isTrue();
        }
        for (int length = 0; length < whole.length; length++) {
            assertThat(CellJson.isDamaged(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isTrue();
        }
    }

    @Test
    void settingsReadAsWordsAndAsFileNames() {
        assertThat(SETTING).hasToString("Größe \"x\", patterns 50, known 0.125");
        assertThat(SETTING.fileName()).isEqualTo("data-gr-e-x-_patterns-50_known-0.125");
    }
}
