package dev.engram.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With {@code --json} standard output is one JSON object and nothing else. */
class JsonTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    Path folder;

    @Test
    void everyCommandPrintsOneObject() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        Path memory = folder.resolve("m.engram");
        Path cues = folder.resolve("c.npy");
        Path answers = folder.resolve("o.npy");

        JsonNode learn = json("learn", patterns, "-o", memory, "--updates", 20);
        assertThat(learn.at("/patterns").intValue()).isEqualTo(4);
        assertThat(learn.at("/audit/recovered").intValue()).isEqualTo(4);
        assertThat(learn.at("/layer_sizes/1").intValue()).isEqualTo(32);
        assertThat(learn.at("/options/ridge").isNumber()).isTrue();
        assertThat(learn.at("/seconds").isNumber()).isTrue();

        JsonNode corrupt = json("corrupt", patterns, "-o", cues, "--mask", "top:0.5");
        assertThat(corrupt.at("/corruption/known").stringValue()).isEqualTo("top:0.5");

        JsonNode complete = json("complete", memory, cues, "--known", "top:0.5", "-o", answers);
        assertThat(complete.at("/items").size()).isEqualTo(4);
        assertThat(complete.at("/items/0/energy").isNumber()).isTrue();
        assertThat(complete.at("/status/converged").intValue()).isEqualTo(4);
        assertThat(json("recall", memory, patterns, "-o", answers)
                        .at("/iterations")
                        .intValue())
                .isEqualTo(1);

        JsonNode score = json("score", patterns, answers);
        assertThat(score.at("/recovered_fraction").doubleValue()).isEqualTo(1.0);
        assertThat(score.at("/items").size()).isEqualTo(4);

        JsonNode inspect = json("inspect", memory);
        assertThat(inspect.at("/digest")).isEqualTo(learn.at("/digest"));
        assertThat(inspect.at("/bytes")).isEqualTo(learn.at("/bytes"));
        assertThat(json("verify", memory).at("/whole").booleanValue()).isTrue();
    }

    @Test
    void anErrorIsOneObjectToo() {
        Cli.Result result = Cli.run("score", "absent.npy", "absent.npy", "--json");

        JsonNode error = STRICT.readTree(result.out());
        assertThat(error.at("/exit_code").intValue()).isEqualTo(3);
        assertThat(error.at("/error").stringValue()).contains("absent.npy");
        assertThat(result.errorLines()).hasSize(1);
    }

    @Test
    void whatIsNotFiniteIsNull() {
        JsonOutput json = new JsonOutput().with("a", Double.NaN).with("b", List.of(1.5, Double.POSITIVE_INFINITY));
        assertThat(STRICT.readTree(json.toString())).isEqualTo(STRICT.readTree("{\"a\":null,\"b\":[1.5,null]}"));
    }

    private static JsonNode json(Object... args) {
        Object[] all = java.util.Arrays.copyOf(args, args.length + 1);
        all[args.length] = "--json";
        Cli.Result result = Cli.run(all);
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode node = STRICT.readTree(result.out());
        assertThat(node.isObject()).isTrue();
        assertThat(node.at("/command").stringValue()).isEqualTo(args[0]);
        return node;
    }
}
