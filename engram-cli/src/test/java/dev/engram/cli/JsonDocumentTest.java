package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every field that the commands print is in docs/json.md, and every field there is printed by one of them. */
class JsonDocumentTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern FIELD = Pattern.compile("`([a-z][a-z_0-9]*)`");

    /** What stands in the document beside fields: commands and the words that are values, and fields of what is rare. */
    private static final Set<String> OTHERS = Set.of(
            "learn",
            "inspect",
            "verify",
            "list",
            "audit",
            "recall",
            "complete",
            "familiar",
            "store",
            "forget",
            "corrupt",
            "duplicates",
            "converged",
            "stalled",
            "diverged",
            "cancelled",
            "memory",
            "cue",
            "number",
            "category",
            "order",
            "null",
            "mask",
            "mask_means",
            "binarising_mse",
            "created");

    /** Whose fields are the names of settings, of inference's ends, or of what users attach. */
    private static final Set<String> OPEN = Set.of("options", "payload", "status");

    @TempDir
    Path folder;

    @Test
    void theDocumentNamesEveryFieldAndNoOther() throws IOException {
        Set<String> printed = printed();
        Set<String> documented = new TreeSet<>();
        Matcher field = FIELD.matcher(Files.readString(Path.of("../docs/json.md")));
        while (field.find()) {
            documented.add(field.group(1));
        }
        documented.addAll(List.of("error", "exit_code")); // in an example of an object
        assertThat(documented).containsAll(printed);
        documented.removeAll(OTHERS);
        assertThat(printed).containsAll(documented);
    }

    private Set<String> printed() throws IOException {
        Samples.npy(folder.resolve("p.npy"), 12, Samples.GREY);
        Samples.npy(folder.resolve("q.npy"), Samples.GREY, Samples.patterns(1, Samples.GREY, 9));
        Files.write(folder.resolve("names"), List.of("abcdefghijkl".split("")));
        Files.writeString(folder.resolve("more.jsonl"), "{}\n".repeat(12));
        StringBuilder table = new StringBuilder("id,height,age,colour\n");
        for (int i = 0; i < 30; i++) {
            table.append("r%d,%d,%d,%s%n".formatted(i, 150 + i * 7 % 31, 30 + i * 5 % 17, i % 2 == 0 ? "red" : "blue"));
        }
        Files.writeString(folder.resolve("t.csv"), table);
        Files.writeString(folder.resolve("u.csv"), "id,height,age,colour\nx,,33,red\ny,900,33,red\n");
        Set<String> printed = new TreeSet<>();
        for (String line : new String[] {
            "learn p.npy -o m.engram --prior codes --hidden 32 --names names --payload more.jsonl",
            "learn t.csv -o t.engram --model covariance --id id",
            "recall m.engram p.npy -o o.npy",
            "recall m.engram q.npy -o o.npy --damage unmarked --confidence c.npy",
            "complete m.engram p.npy -o o.npy --known top:0.5",
            "complete t.engram u.csv -o o.csv",
            "familiar m.engram q.npy",
            "familiar t.engram u.csv",
            "inspect m.engram",
            "inspect t.engram",
            "verify m.engram",
            "list m.engram",
            "audit m.engram",
            "store m.engram q.npy",
            "forget m.engram --numbers 1 --dry-run",
            "forget m.engram --numbers 1",
            "corrupt p.npy -o n.npy --noise-variance 0.1",
            "corrupt p.npy -o k.npy --mask top:0.5",
            "score p.npy n.npy",
            "duplicates n.npy --tolerance 9 --html d.html",
            "score p.npy gone.npy"
        }) {
            collect(JSON.readTree(Cli.run(words(line)).out()), printed);
        }
        return printed;
    }

    private Object[] words(String line) {
        return Arrays.stream((line + " --json").split(" "))
                .map(word -> word.matches("names|[a-z]+\\.[a-z]+") ? folder.resolve(word) : word)
                .toArray();
    }

    private static void collect(JsonNode node, Set<String> into) {
        node.propertyStream().forEach(entry -> {
            into.add(entry.getKey());
            if (!OPEN.contains(entry.getKey())) {
                collect(entry.getValue(), into);
            }
        });
        if (node.isArray()) {
            node.forEach(item -> collect(item, into));
        }
    }
}
