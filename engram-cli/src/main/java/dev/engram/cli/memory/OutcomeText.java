package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.cli.options.Choices;
import dev.engram.inference.Status;
import dev.engram.io.NumberText;
import java.util.Iterator;
import java.util.List;

/** How the inference of cues ended, for people and for programs. */
public final class OutcomeText {
    private final Outcomes outcomes;
    private final Outcomes.Sums sums;

    public OutcomeText(Outcomes outcomes) {
        this.outcomes = outcomes;
        this.sums = outcomes.sums();
    }

    /** Says how it went. */
    void summarise(Terminal terminal, AnswerText answers, double seconds) {
        terminal.line("%s in %s: %d converged; mean residual %s, mean steps %s."
                .formatted(
                        NumberText.count(sums.cues(), "cue"),
                        NumberText.duration(seconds),
                        sums.count(Status.CONVERGED),
                        NumberText.brief(sums.meanResidual()),
                        NumberText.brief(sums.meanSteps())));
        if (sums.named()) {
            answers.say(terminal, outcomes, sums);
        }
        sums.trusted()
                .ifPresent(
                        trusted -> terminal.line("Trusted %s of the values.".formatted(NumberText.percent(trusted))));
        advise(terminal, "cues");
    }

    /** What is to be known of those that did not converge. */
    public void advise(Terminal terminal, String items) {
        for (Status status : Status.values()) {
            int count = sums.count(status);
            if (count > 0 && status != Status.CONVERGED) {
                String line = "%d of %d %s: %s %s"
                        .formatted(count, sums.cues(), items, status.meaning(), advice(status))
                        .strip();
                if (status.isEquilibrium()) {
                    terminal.note(line);
                } else {
                    terminal.warning(line);
                }
            }
        }
    }

    /** What can be done here; the library's own advice names settings that commands do not have. */
    private static String advice(Status status) {
        return switch (status) {
            case STEPS_USED -> "The residual says how far from it they are.";
            case ENERGY_ROSE, DIVERGED -> "Maybe bring the values to 0..1, or another range near it, and learn again.";
            case CONVERGED, STALLED, CANCELLED -> "";
        };
    }

    /** The same for programs. */
    void describe(JsonOutput json, List<String> names, AnswerText answers, double seconds) {
        json.with("cues", sums.cues());
        describe(json, names, seconds);
        if (sums.named()) {
            answers.describe(json, outcomes, sums);
        }
        sums.trusted().ifPresent(trusted -> json.with("trusted_fraction", trusted));
    }

    /** How each came to its end. */
    public void describe(JsonOutput json, List<String> names, double seconds) {
        JsonOutput counts = new JsonOutput();
        sums.status().forEach((status, count) -> counts.with(Choices.spelled(status), count));
        json.with("status", counts)
                .with("mean_residual", sums.meanResidual())
                .with("mean_energy", sums.meanEnergy())
                .with("seconds", seconds)
                .withItems("items", items(names));
    }

    private Iterator<JsonOutput> items(List<String> names) {
        Iterator<Outcome> each = outcomes.iterator();
        Iterator<String> name = names.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public JsonOutput next() {
                Outcome outcome = each.next();
                return new JsonOutput()
                        .with("name", name.next())
                        .with("status", Choices.spelled(outcome.status()))
                        .with("energy", outcome.energy())
                        .with("residual", outcome.residual())
                        .with("steps", outcome.steps());
            }
        };
    }
}
