package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.memory.Answer;
import java.util.ArrayList;
import java.util.List;

/** What a memory with codes says of the cues. */
final class AnswerText {
    private AnswerText() {}

    /** How many of each, for people. */
    static String summary(List<Answer> answers) {
        return "Of %d: %d recalled, %d ambiguous, %d unfamiliar."
                .formatted(
                        answers.size(),
                        count(answers, Answer.Recalled.class),
                        count(answers, Answer.Ambiguous.class),
                        count(answers, Answer.Unfamiliar.class));
    }

    /** Each of them, for programs. */
    static void describe(JsonOutput json, List<Answer> answers, List<String> names) {
        List<JsonOutput> items = new ArrayList<>();
        for (int cue = 0; cue < answers.size(); cue++) {
            items.add(json(answers.get(cue), names.get(cue)));
        }
        json.with("recalled", count(answers, Answer.Recalled.class))
                .with("ambiguous", count(answers, Answer.Ambiguous.class))
                .with("unfamiliar", count(answers, Answer.Unfamiliar.class))
                .with("answers", items);
    }

    private static JsonOutput json(Answer answer, String name) {
        JsonOutput json = new JsonOutput().with("name", name);
        if (answer instanceof Answer.Recalled recalled) {
            return json.with("answer", "recalled")
                    .with("index", recalled.index())
                    .with("margin", recalled.margin());
        }
        if (answer instanceof Answer.Ambiguous ambiguous) {
            return json.with("answer", "ambiguous").with("candidates", ambiguous.indices());
        }
        return json.with("answer", "unfamiliar").with("score", ((Answer.Unfamiliar) answer).score());
    }

    private static int count(List<Answer> answers, Class<? extends Answer> kind) {
        return (int) answers.stream().filter(kind::isInstance).count();
    }
}
