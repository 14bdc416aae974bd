package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingTest {
    private enum Way {
        SHORT_CUT,
        DETOUR
    }

    private static final Setting<Integer> COUNT = Setting.count("at-most", "N", "How many.");

    @Test
    void aCountIsAWholeNumberOfAtLeastOne() {
        assertThat(COUNT.reader().apply(" 1 ")).isEqualTo(1);
        assertThat(COUNT.reader().apply("12")).isEqualTo(12);
        for (String text : new String[] {"0", "-3", "1.5", "auto", ""}) {
            assertThatThrownBy(() -> COUNT.reader().apply(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'%s' must be a whole number of at least 1.", text);
        }
    }

    @Test
    void autoIsNought() {
        Setting<Integer> units = Setting.countOrAuto("units", "How many.");

        assertThat(units.reader().apply(" Auto ")).isZero();
        assertThat(units.reader().apply("3")).isEqualTo(3);
        assertThat(units.label()).isEqualTo("auto|N");
        assertThatThrownBy(() -> units.reader().apply("0"))
                .hasMessage("'0' must be a whole number of at least 1 or \"auto\".");
    }

    @Test
    void countsHaveCommasBetweenThem() {
        Setting<List<Integer>> sides = Setting.counts("sides", "Of squares.");

        assertThat(sides.reader().apply("4, 1")).containsExactly(4, 1);
        assertThatThrownBy(() -> sides.reader().apply("4,")).hasMessageContaining("'' must be a whole number");
        assertThatThrownBy(() -> sides.reader().apply("4,0")).hasMessageContaining("'0' must be a whole number");
    }

    @Test
    void numbersAreFiniteAndPositiveWhereTheyMustBe() {
        Setting<Double> positive = Setting.positive("step", "S", "How far.");
        Setting<Double> finite = Setting.finite("threshold", "T", "From where on.");

        assertThat(positive.reader().apply(" 0.5 ")).isEqualTo(0.5);
        assertThat(finite.reader().apply("-2e3")).isEqualTo(-2000);
        assertThat(finite.reader().apply("0")).isZero();
        for (String text : new String[] {"0", "-1", "NaN", "Infinity"}) {
            assertThatThrownBy(() -> positive.reader().apply(text)).hasMessage("'%s' must be a number above 0.", text);
        }
        assertThatThrownBy(() -> finite.reader().apply("-Infinity")).hasMessage("'-Infinity' must be a finite number.");
        assertThatThrownBy(() -> finite.reader().apply("much")).hasMessage("'much' is not a number.");
    }

    @Test
    void choicesAreConstantsByTheirWords() {
        Setting<Way> way = Setting.choice("way", "W", "Which way", Way.class);

        assertThat(way.choices()).containsExactly("short-cut", "detour");
        assertThat(way.reader().apply(" Short-Cut ")).isEqualTo(Way.SHORT_CUT);
        assertThat(way.helpWithChoices()).isEqualTo("Which way: short-cut, detour");
        assertThat(COUNT.helpWithChoices()).isEqualTo("How many.");
        assertThatThrownBy(() -> way.reader().apply("back")).hasMessage("'back' is none of: short-cut, detour.");
        Setting<Way> before = way.formerly("Around", "detour");
        assertThat(before.reader().apply("around ")).isEqualTo(Way.DETOUR);
        assertThat(before.reader().apply("short-cut")).isEqualTo(Way.SHORT_CUT);
    }

    @Test
    void aSettingIsNamedAsTheCommandLineAndTheDescriptionNameIt() {
        assertThat(COUNT.option()).isEqualTo("--at-most");
        assertThat(COUNT.key()).isEqualTo("at_most");
        assertThat(COUNT.describedAs("most").key()).isEqualTo("most");
        assertThat(COUNT.describedAs("most").option()).isEqualTo("--at-most");
        Setting<Boolean> flag = Setting.flag("fast", "Faster.");
        assertThat(flag.label()).isEmpty();
        assertThat(flag.reader().apply("true")).isTrue();
        assertThat(flag.reader().apply("false")).isFalse();
    }

    @Test
    void settingsAreReadWhereTheyAreGiven() {
        Settings settings = new Settings(Map.of("at-most", "7"));

        assertThat(settings.get(COUNT)).contains(7);
        assertThat(settings.has(COUNT)).isTrue();
        assertThat(Settings.none().get(COUNT)).isEmpty();
        assertThat(Settings.none().has(COUNT)).isFalse();
        Settings.none().refuse(COUNT, "here", "leave it out");
        assertThatThrownBy(() -> settings.refuse(COUNT, "beside --all", "leave it out"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--at-most has no meaning beside --all. Maybe leave it out.");
    }
}
