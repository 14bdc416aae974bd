package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.io.image.ImageWriter;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Patterns have names from files and lists; every answer, store, forget and list tells them. */
class NamesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> NAMES = List.of("ant", "bee", "cat", "dog", "élan", "fox");

    @TempDir
    Path folder;

    private Path memory = Path.of("");
    private Path patterns = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        memory = folder.resolve("m.engram");
        patterns = Samples.npy(folder.resolve("p.npy"), NAMES.size(), Samples.GREY);
        Files.write(folder.resolve("names.txt"), NAMES);
        Files.write(
                folder.resolve("more.jsonl"),
                List.of("{\"legs\": 6}", "[1, 2.5]", "\"Tom\"", "null", "true", "{\"é\": \"\\u001b\"}"));
    }

    private Cli.Result done(Object... words) {
        Cli.Result result = Cli.run(words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private Cli.Result learn(Path from, Object... more) {
        Object[] words = {"learn", from, "-o", memory, "--hidden", 32, "--updates", 20, "--prior", "codes"};
        return done(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray());
    }

    private Cli.Result learnNamed() {
        return learn(patterns, "--names", folder.resolve("names.txt"), "--payload", folder.resolve("more.jsonl"));
    }

    private JsonNode json(Object... words) {
        return JSON.readTree(
                done(Stream.concat(Arrays.stream(words), Stream.of("--json")).toArray())
                        .out());
    }

    private List<String> listed() {
        return json("list", memory)
                .at("/patterns")
                .valueStream()
                .map(p -> p.path("name").asString(""))
                .toList();
    }

    @Test
    void namesFromAListAreKeptListedAndAnsweredWithWhatIsAttached() {
        assertThat(learnNamed().err()).contains("names        6 patterns: ant, bee, cat, ...");
        assertThat(done("list", memory).out().lines().toList())
                .containsExactly(
                        "     0  ant", "     1  bee", "     2  cat", "     3  dog", "     4  élan", "     5  fox");
        assertThat(done("inspect", memory).out()).contains("6 patterns: ant, bee, cat, ...");
        done("verify", memory);

        Cli.Result recalled = done("recall", memory, patterns, "-o", folder.resolve("o.npy"));
        assertThat(recalled.err())
                .contains("cue 2: recalled cat (probability 1.00)", "Of 6: 6 recalled, 0 ambiguous, 0 unfamiliar.");
        for (String command : List.of("recall", "complete")) {
            Object[] known = command.equals("recall") ? new Object[0] : new Object[] {"--known", "top:0.5"};
            JsonNode answers = json(Stream.concat(
                            Stream.of(command, memory, patterns, "-o", folder.resolve("o.npy")), Arrays.stream(known))
                    .toArray());
            JsonNode first = answers.at("/answers/0");
            assertThat(first.propertyNames())
                    .containsExactly("cue", "answer", "name", "index", "payload", "margin", "candidates");
            assertThat(first.at("/cue").stringValue()).isEqualTo("0");
            assertThat(first.at("/name").stringValue()).isEqualTo("ant");
            assertThat(first.at("/payload/legs").intValue()).isEqualTo(6);
            assertThat(first.at("/candidates/0"))
                    .isEqualTo(JSON.readTree("{\"name\": \"ant\", \"index\": 0, \"probability\": 1.0}"));
            assertThat(answers.at("/answers/1/payload/1").doubleValue()).isEqualTo(2.5);
            assertThat(answers.at("/answers/2/payload").stringValue()).isEqualTo("Tom");
            assertThat(answers.at("/answers/3").has("payload")).isFalse();
            assertThat(answers.at("/answers/5/payload/é").stringValue()).isEqualTo("\u001b");
        }
        assertThat(json("familiar", memory, patterns).at("/answers/4/name").stringValue())
                .isEqualTo("élan");
        assertThat(done("familiar", memory, patterns).out()).contains("familiar    recalled fox (probability 1.00)");
    }

    @Test
    void whatIsUnfamiliarOrAmbiguousNamesWhatItMayBe() {
        Matrix alike = Samples.patterns(NAMES.size(), Samples.GREY, 1);
        int half = Samples.GREY.values() / 2;
        System.arraycopy(alike.data(), 0, alike.data(), 10 * half, half); // fox has the upper half of ant
        Samples.npy(patterns, Samples.GREY, alike);
        learnNamed();
        Cli.Result completed = done("complete", memory, patterns, "-o", folder.resolve("o.npy"), "--known", "top:0.5");
        assertThat(completed.err())
                .containsPattern("cue 0: ambiguous, one of (ant|fox) \\(0.50\\), (ant|fox) \\(0.50\\)");
        Path strange = Samples.npy(folder.resolve("s.npy"), Samples.GREY, Samples.patterns(1, Samples.GREY, 9));
        JsonNode answer =
                json("recall", memory, strange, "-o", folder.resolve("o.npy")).at("/answers/0");
        assertThat(answer.at("/answer").stringValue()).isEqualTo("unfamiliar");
        assertThat(answer.has("name")).isFalse();
        assertThat(answer.at("/score").isNumber()).isTrue();
    }

    /** Of ten patterns each has a threshold at rates of 1/11 and more; half-way between two is nobody. */
    @Test
    void everyMemoryThatNamesSaysWhatIsFamiliarAtTheRateAskedFor() {
        Matrix ten = Samples.patterns(10, Samples.GREY, 1);
        Samples.npy(patterns, Samples.GREY, ten);
        for (String model : List.of("nearest-neighbour", "modern-hopfield")) {
            done("learn", patterns, "-o", memory, "--model", model);
            assertThat(done("familiar", memory, patterns).out())
                    .contains("number", "0 of 10 cues unfamiliar", "false-alarm rate 9.1 %");
            JsonNode json = json("familiar", memory, patterns, "--false-alarm-rate", "0.5");
            assertThat(json.at("/calibration/false_alarm_rate").doubleValue()).isEqualTo(5.0 / 11);
            assertThat(json.at("/calibration/lower_95").doubleValue())
                    .isLessThan(json.at("/false_alarm_rate").doubleValue());
            assertThat(json.at("/answers/9/answer").stringValue()).isEqualTo("recalled");
            double low = json("familiar", memory, patterns).at("/threshold").doubleValue();
            assertThat(json.at("/threshold").doubleValue()).isGreaterThan(low);
        }
        Cli.Result refused =
                Cli.run("recall", memory, patterns, "-o", folder.resolve("o.npy"), "--false-alarm-rate", 1);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("'1' must be a number between 0 and 1");
    }

    /** All cues with one mask are held to one threshold, which is said; with a mask each they are not. */
    @Test
    void answersSayWhatTheyWereHeldTo() {
        Samples.npy(patterns, Samples.GREY, Samples.patterns(10, Samples.GREY, 1));
        done("learn", patterns, "-o", memory, "--model", "nearest-neighbour");
        Path out = folder.resolve("o.npy");
        for (Object[] question : new Object[][] {
            {"recall", memory, patterns, "-o", out},
            {"recall", memory, patterns, "-o", out, "--damage", "unmarked"},
            {"complete", memory, patterns, "-o", out, "--known", "top:0.5"},
            {"complete", memory, patterns, "-o", folder.resolve("pictures"), "--known", "top:0.5"}
        }) {
            Cli.Result said = done(
                    Stream.concat(Arrays.stream(question), Stream.of("--json")).toArray());
            assertThat(said.err())
                    .contains("Calibration: unfamiliar above a novelty of ", "false-alarm rate 9.1 % (95 % sure: ");
            assertThat(JSON.readTree(said.out())
                            .at("/calibration/false_alarm_rate")
                            .doubleValue())
                    .isEqualTo(1.0 / 11);
        }
        double whole = json("recall", memory, patterns, "-o", out)
                .at("/calibration/threshold")
                .doubleValue();
        assertThat(json("familiar", memory, patterns)
                        .at("/calibration/threshold")
                        .doubleValue())
                .isEqualTo(whole);
        assertThat(json("complete", memory, patterns, "-o", out, "--known", "top:0.5")
                        .at("/calibration/threshold")
                        .doubleValue())
                .isNotEqualTo(whole);
        Cli.Result each = done("complete", memory, patterns, "-o", out, "--known", "random-each:0.5", "--json");
        assertThat(each.err()).contains("Calibration: for each cue by itself, by what is known of it.");
        assertThat(JSON.readTree(each.out()).has("calibration")).isFalse();
    }

    @Test
    void filesHaveTheirNamesAndStoringAndForgettingKeepsThem() throws IOException {
        Path pictures = Samples.pictures(folder.resolve("pictures"), 6, Samples.GREY);
        learn(pictures, "--payload", folder.resolve("more.jsonl"));
        assertThat(listed())
                .containsExactlyElementsOf(Stream.of(0, 1, 2, 3, 4, 5)
                        .map(i -> "00%d-p%d.png".formatted(i, i))
                        .toList());

        Cli.Result again = done("store", memory, pictures);
        assertThat(again.err()).contains("already stored", "001-p1.png as 001-p1.png (number 1)", "Nothing to add");

        Path fresh = folder.resolve("fresh");
        ImageWriter.writeFolder(fresh, Samples.patterns(2, Samples.GREY, 2), Samples.GREY, List.of("p0", "new"));
        Cli.Result taken = Cli.run("store", memory, fresh);
        assertThat(taken.exitCode()).isEqualTo(3);
        assertThat(taken.errorLines()).hasSize(1);
        assertThat(taken.err()).contains("000-p0.png (number 0", "by number 0", "--names FILE");

        Files.write(folder.resolve("two.txt"), List.of("gnu", "hen"));
        done("store", memory, fresh, "--names", folder.resolve("two.txt"));
        assertThat(listed()).hasSize(8).endsWith("gnu", "hen");

        Cli.Result dry = done("forget", memory, "gnu", "001-p1.png", "--dry-run");
        assertThat(dry.err())
                .contains("Would forget 2 patterns: 001-p1.png (number 1), gnu (number 6). Nothing was written.");
        assertThat(listed()).hasSize(8);

        JsonNode forgotten = json("forget", memory, "gnu", "001-p1.png");
        assertThat(forgotten.at("/forgotten")).isEqualTo(JSON.readTree("[1, 6]"));
        assertThat(forgotten.at("/names")).isEqualTo(JSON.readTree("[\"001-p1.png\", \"gnu\"]"));
        assertThat(listed())
                .containsExactly("000-p0.png", "002-p2.png", "003-p3.png", "004-p4.png", "005-p5.png", "hen");
        JsonNode answers =
                json("recall", memory, pictures, "-o", folder.resolve("o.npy")).at("/answers");
        assertThat(answers.at("/2/name").stringValue()).isEqualTo("002-p2.png");
        assertThat(answers.at("/2/index").intValue()).isEqualTo(1);
        assertThat(answers.at("/2/payload").stringValue())
                .as("moved up with its pattern")
                .isEqualTo("Tom");

        done("forget", memory, pictures.resolve("002-p2.png")); // no name, but a path
        done("forget", memory, "--cues", pictures.resolve("003-p3.png"));
        done("forget", memory, "--numbers", "0");
        assertThat(listed()).containsExactly("004-p4.png", "005-p5.png", "hen");
    }

    @Test
    void patternsWithoutNamesHaveNumbersAlsoBesideSuchWithNames() throws IOException {
        learn(patterns);
        assertThat(done("list", memory).out()).contains("6 patterns without names", "numbers, from 0");
        assertThat(done("recall", memory, patterns, "-o", folder.resolve("o.npy"))
                        .err())
                .contains("cue 3: recalled number 3 (probability 1.00)");
        Path fresh = Samples.npy(folder.resolve("n.npy"), Samples.GREY, Samples.patterns(1, Samples.GREY, 2));
        Files.write(folder.resolve("one.txt"), List.of("gnu"));
        done("store", memory, fresh, "--names", folder.resolve("one.txt"));
        assertThat(listed()).containsExactly("", "", "", "", "", "", "gnu");
        assertThat(json("list", memory).at("/patterns/0").has("name")).isFalse();
        done("forget", memory, "gnu");
        assertThat(json("list", memory).at("/named").booleanValue()).isFalse();
    }

    @Test
    void withALimitTheFirstNamesCount() {
        learn(patterns, "--limit", 4, "--names", folder.resolve("names.txt"));
        assertThat(listed()).containsExactly("ant", "bee", "cat", "dog");
    }

    @Test
    void aMemoryThatNamesNothingKeepsNoNamesAndSaysSo() {
        Cli.Result learned =
                done("learn", patterns, "-o", memory, "--model", "covariance", "--names", folder.resolve("names.txt"));
        assertThat(learned.err()).contains("does not keep --names. Maybe add --prior codes.");
        assertThat(done("list", memory).out()).contains("without names", "does not say which pattern a cue is");
    }

    /** A name that would clear the screen, or turn text around. */
    @Test
    void whatANameHoldsForTheTerminalIsShownEscaped() throws IOException {
        Files.write(
                folder.resolve("names.txt"),
                List.of("\u001b[2Jant", "be\u202ee", "c\u0007at", "dog", "e\u009bl", "fox"));
        List<Cli.Result> results = List.of(
                learnNamed(),
                done("list", memory),
                done("recall", memory, patterns, "-o", folder.resolve("o.npy")),
                done("forget", memory, "\u001b[2Jant", "--dry-run"),
                Cli.run("forget", memory, "\u001b[2Jnone"));
        for (Cli.Result result : results) {
            assertThat(result.out() + result.err()).doesNotContain("\u001b", "\u202e", "\u0007", "\u009b");
        }
        assertThat(results.get(1).out()).contains("\\u001b[2Jant", "be\\u202ee", "c\\u0007at", "e\\u009bl");
        assertThat(json("list", memory).at("/patterns/0/name").stringValue()).isEqualTo("\u001b[2Jant");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ant;bee | 3 | holds 2 names for 6 patterns",
                "ant;bee;cat;dog;elk;fox;gnu | 3 | holds 7 names for 6 patterns",
                "ant;bee;cat;;elk;fox | 3 | line 4: a name is missing",
                "ant;bee;cat;dog;bee ;fox | 3 | line 5: the name bee was given before, at 2"
            })
    void aListThatDoesNotFitIsOneClearLine(String lines, int exitCode, String says) throws IOException {
        Files.write(folder.resolve("names.txt"), List.of(lines.split(";", -1)));
        Cli.Result result =
                Cli.run("learn", patterns, "-o", memory, "--prior", "codes", "--names", folder.resolve("names.txt"));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.errorLines()).hasSize(1);
        assertThat(result.err()).contains("names.txt", says.strip());
        assertThat(memory).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forget DIR/m.engram yak | There is no pattern called yak",
                "forget DIR/m.engram 3 | use --numbers 3",
                "forget DIR/m.engram ant --cues DIR/p.npy | either NAMEs, --cues or --numbers",
                "forget DIR/m.engram ant bee cat dog élan fox | one must stay",
                "learn DIR/p.npy -o DIR/names.txt --names DIR/names.txt | would overwrite the input"
            })
    void whatCannotBeIsRefused(String command, String says) {
        learnNamed();
        Cli.Result result = Cli.run(
                (Object[]) command.strip().replace("DIR", folder.toString()).split(" "));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.errorLines()).hasSize(1);
        assertThat(result.err()).contains(says.strip());
        assertThat(listed()).containsExactlyElementsOf(NAMES);
    }

    @Test
    void payloadThatIsNotJsonIsOneClearLine() throws IOException {
        Files.write(folder.resolve("more.jsonl"), List.of("1", "2", "{\"a\": 1} x", "4", "5", "6"));
        Cli.Result result =
                Cli.run("learn", patterns, "-o", memory, "--prior", "codes", "--payload", folder.resolve("more.jsonl"));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errorLines()).hasSize(1);
        assertThat(result.err()).contains("line 3 is not one JSON value");
    }

    @Test
    void scoreComparesByNameWhereAllAreNamedAsOriginalsAre() throws IOException {
        Path pictures = folder.resolve("a");
        Path results = folder.resolve("b");
        Matrix all = Samples.patterns(4, Samples.GREY, 1);
        ImageWriter.writeFolder(pictures, all, Samples.GREY, List.of("ant", "bee", "cat", "dog"));
        ImageWriter.writeFolder(results, all.rows(3, 1), Samples.GREY, List.of("dog.jpg", "bee"));
        Cli.Result byName = done("score", pictures, results, "--json");
        assertThat(byName.err()).contains("Compared by name: 2 of 4 originals.");
        JsonNode json = JSON.readTree(byName.out());
        assertThat(json.at("/matched_by").stringValue()).isEqualTo("name");
        assertThat(json.at("/recovered").intValue()).isEqualTo(2);
        assertThat(json.at("/items/0/name").stringValue()).isEqualTo("003-dog.png");

        Path others = folder.resolve("c");
        ImageWriter.writeFolder(others, all, Samples.GREY, List.of("ant", "bee", "cat", "elk"));
        Cli.Result byOrder = done("score", pictures, others, "--json");
        assertThat(byOrder.err()).contains("Compared in their order, for only 3 of 4 are named as an original is.");
        assertThat(JSON.readTree(byOrder.out()).at("/matched_by").stringValue()).isEqualTo("order");
        assertThat(done("score", patterns, patterns).err()).contains("Compared in their order.");
    }

    /** Two copies of four pictures, moved by 0.01 and 0.02 everywhere: distances 0.0001 and 0.0004. */
    @Test
    void duplicatesAreFoundInFoldersArraysAndMemories() throws IOException {
        Matrix all = Matrix.zeros(6, Samples.GREY.values());
        all.setRows(new int[] {0, 1, 2, 3}, Samples.patterns(4, Samples.GREY, 1));
        for (int j = 0; j < all.columns(); j++) {
            all.set(1, j, Math.min(0.9f, all.get(1, j)));
            all.set(2, j, Math.min(0.9f, all.get(2, j)));
            all.set(4, j, all.get(2, j) + 0.01f);
            all.set(5, j, all.get(1, j) + 0.02f);
        }
        Samples.npy(patterns, Samples.GREY, all);
        Path page = folder.resolve("alike.html");
        JsonNode array = json("duplicates", patterns, "--html", page);
        assertThat(array.at("/pairs").size()).isEqualTo(2);
        assertThat(array.at("/pairs/0/first/index").intValue()).isEqualTo(2);
        assertThat(array.at("/pairs/0/second/index").intValue()).isEqualTo(4);
        assertThat(array.at("/pairs/0/distance").doubleValue()).isBetween(0.000099, 0.000101);
        assertThat(array.at("/pairs/1/distance").doubleValue()).isBetween(0.000399, 0.000401);
        assertThat(array.at("/tolerance").doubleValue()).isEqualTo(0.016);
        assertThat(Files.readString(page))
                .contains("number 2 and number 4", "data:image/png;base64,")
                .doesNotContain("http://", "https://");
        assertThat(json("duplicates", patterns, "--tolerance", 1e-6)
                        .at("/pairs")
                        .size())
                .isZero();

        learn(patterns, "--names", folder.resolve("names.txt"), "--keep-originals");
        assertThat(done("duplicates", memory).out().lines().toList())
                .hasSize(2)
                .allMatch(line -> line.contains("(number "))
                .first()
                .asString()
                .contains("cat (number 2)", "élan (number 4)");
        Path pictures = folder.resolve("pictures");
        ImageWriter.writeFolder(pictures, all, Samples.GREY, NAMES);
        assertThat(json("duplicates", pictures).at("/pairs/0/first/name").stringValue())
                .isEqualTo("002-cat.png");
    }

    @Test
    void aMemoryWithoutPatternsHasNoDuplicatesToShow() {
        done("learn", patterns, "-o", memory, "--model", "covariance");
        Cli.Result result = Cli.run("duplicates", memory);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("keeps no patterns to compare");
    }
}
