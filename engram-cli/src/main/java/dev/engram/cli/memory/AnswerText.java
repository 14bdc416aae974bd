package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSource;
import dev.engram.io.memory.Catalogue;
import dev.engram.memory.Answer;
import dev.engram.memory.Calibration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a memory that names patterns says of the cues. */
final class AnswerText {
    private static final int MOST_LINES = 10;
    private static final int MOST_CANDIDATES = 5;

    private final PatternSource cues;
    private final Catalogue catalogue;
    private final Optional<Calibration> held;

    /**
     * @param catalogue what the memory's patterns are called
     * @param held what all answers were held to; empty where every cue had its own
     */
    AnswerText(PatternSource cues, Catalogue catalogue, Optional<Calibration> held) {
        this.cues = cues;
        this.catalogue = catalogue;
        this.held = held;
    }

    /** For people: of a few cues a line each, then how many of each. */
    void say(Terminal terminal, Outcomes outcomes, Outcomes.Sums sums) {
        if (sums.cues() <= MOST_LINES) {
            int cue = 0;
            for (Outcome outcome : outcomes) {
                String name = cues.isNamed() ? NameText.read(cues, cue) : "cue " + cue;
                outcome.answer().ifPresent(answer -> terminal.line("%s: %s".formatted(name, text(answer))));
                cue++;
            }
        }
        terminal.line("Of %d: %d recalled, %d ambiguous, %d unfamiliar."
                .formatted(sums.cues(), sums.recalled(), sums.ambiguous(), sums.unfamiliar()));
        terminal.line(calibration() + ".");
    }

    /** What the answers are worth, for people. */
    String calibration() {
        return "Calibration: "
                + held.map(CodesText::calibration).orElse("for each cue by itself, by what is known of it");
    }

    /** What is said of one cue, for people. */
    String text(Answer answer) {
        if (answer instanceof Answer.Recalled recalled) {
            return "recalled %s%s"
                    .formatted(
                            NameText.pattern(catalogue, recalled.index()),
                            recalled.candidates().stream()
                                    .filter(candidate -> candidate.index() == recalled.index())
                                    .map(candidate -> " (probability %s)".formatted(probability(candidate)))
                                    .collect(Collectors.joining()));
        }
        if (answer instanceof Answer.Ambiguous ambiguous) {
            List<Answer.Candidate> all = ambiguous.candidates();
            String shown = all.stream()
                    .limit(MOST_CANDIDATES)
                    .map(candidate ->
                            "%s (%s)".formatted(NameText.pattern(catalogue, candidate.index()), probability(candidate)))
                    .collect(Collectors.joining(", "));
            int more = all.size() - MOST_CANDIDATES;
            return "ambiguous, one of %s%s".formatted(shown, more > 0 ? " and %d more".formatted(more) : "");
        }
        String like = answer.candidates().stream()
                .limit(1)
                .map(candidate -> ", most like " + NameText.pattern(catalogue, candidate.index()))
                .collect(Collectors.joining());
        return "unfamiliar (novelty %s)%s".formatted(NumberText.brief(((Answer.Unfamiliar) answer).score()), like);
    }

    private static String probability(Answer.Candidate candidate) {
        return String.format(Locale.ROOT, "%.2f", candidate.probability());
    }

    /** Each of them, for programs. */
    void describe(JsonOutput json, Outcomes outcomes, Outcomes.Sums sums) {
        json.with("recalled", sums.recalled())
                .with("ambiguous", sums.ambiguous())
                .with("unfamiliar", sums.unfamiliar());
        held.ifPresent(calibration -> json.with("calibration", CodesText.json(calibration)));
        json.withItems("answers", items(outcomes.iterator()));
    }

    private Iterator<JsonOutput> items(Iterator<Outcome> outcomes) {
        Iterator<String> names = cues.names().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return outcomes.hasNext();
            }

            @Override
            public JsonOutput next() {
                return json(outcomes.next().answer().orElseThrow(), names.next());
            }
        };
    }

    /** An object for each cue. */
    List<JsonOutput> items(List<Answer> answers) {
        List<JsonOutput> items = new ArrayList<>();
        for (int cue = 0; cue < answers.size(); cue++) {
            items.add(json(answers.get(cue), cues.names().get(cue)));
        }
        return items;
    }

    private JsonOutput json(Answer answer, String cue) {
        JsonOutput json = new JsonOutput().with("cue", cue);
        if (answer instanceof Answer.Recalled recalled) {
            json.with("answer", "recalled");
            NameText.describe(json, catalogue, recalled.index()).with("margin", recalled.margin());
        } else if (answer instanceof Answer.Unfamiliar unfamiliar) {
            json.with("answer", "unfamiliar").with("score", unfamiliar.score());
        } else {
            json.with("answer", "ambiguous");
        }
        return json.with(
                "candidates",
                answer.candidates().stream()
                        .map(candidate -> {
                            JsonOutput one = new JsonOutput();
                            catalogue.name(candidate.index()).ifPresent(name -> one.with("name", name));
                            return one.with("index", candidate.index()).with("probability", candidate.probability());
                        })
                        .toList());
    }
}
