package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.cli.Cli;
import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every default that the help of {@code learn} states is what is learned with when nothing is said. */
class TrueHelpTest {
    static Stream<Arguments> settings() {
        return MemoryKinds.all().stream()
                .flatMap(kind -> kind.settings().stream().map(setting -> Arguments.of(kind.name(), setting.name())));
    }

    /** To give the stated default gives the model that one gets without it, under every variation the help names. */
    @ParameterizedTest
    @MethodSource("settings")
    void theStatedDefaultIsTheLibrarys(String name, String option) {
        MemoryKind kind = MemoryKinds.named(name);
        Setting<?> setting = SettingHelp.setting(kind, option).orElseThrow();
        List<SettingHelp.Stated> stated = SettingHelp.defaults(kind, setting);
        assertThat(stated.isEmpty()).isEqualTo(setting.label().isEmpty());
        for (SettingHelp.Stated one : stated) {
            assertThat(one.under()).isNotEmpty();
            one.under().forEach(given -> assertSame(kind, setting, given, one.value()));
        }
    }

    private static void assertSame(MemoryKind kind, Setting<?> setting, Map<String, String> given, String value) {
        Map<String, String> more = new HashMap<>(given);
        more.put(setting.name(), value);
        MemoryModel silent = kind.model(new Settings(given));
        MemoryModel said = kind.model(new Settings(more));
        assertThat(said.describe().keySet()).isEqualTo(silent.describe().keySet());
        said.describe().forEach((key, text) -> {
            String other = silent.describe().get(key);
            if (text.matches("-?[\\d.]+([eE]-?\\d+)?")) { // a default of many digits is shown rounded
                double wanted = Double.parseDouble(other);
                assertThat(Double.parseDouble(text)).as(key).isCloseTo(wanted, within(0.01 * Math.abs(wanted)));
            } else {
                assertThat(text).as(key).isEqualTo(other);
            }
        });
    }

    @Test
    void theHelpStatesThem() {
        String help = Cli.run("help", "learn").out().replaceAll("\\s+", " ");
        assertThat(help)
                .contains(
                        "(default: 10; 40 for 3 layers and more; 200 with --learning gradient;"
                                + " 1000 for --model autoencoder; 2000 for --model overparametrised-autoencoder; 500 for --model boltzmann)")
                .contains("(default: 0.00001; 0.1 for 3 layers; 0.0049 for 10 layers)")
                .contains("(default: 0.01 with --learning gradient; 0.1 with --learning gradient --optimiser plain)");
        for (MemoryKind kind : MemoryKinds.all()) {
            for (Setting<?> setting : kind.settings()) {
                Matcher option = Pattern.compile(Pattern.quote(setting.option()) + "[ =]")
                        .matcher(help);
                assertThat(option.find()).as(setting.option()).isTrue();
            }
        }
    }
}
