package dev.engram.cli.experiment;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.experiments.frame.Watch;
import java.util.Optional;

/** Shows how far a run of experiments or a comparison is, and stops it on Ctrl-C. */
final class RunWatch implements Watch {
    private final Context context;
    private final String what;
    private final Optional<String> whenCancelled;
    private Optional<Progress> progress = Optional.empty();

    private RunWatch(Context context, String what, Optional<String> whenCancelled) {
        this.context = context;
        this.what = what;
        this.whenCancelled = whenCancelled;
    }

    static RunWatch ofExperiments(Context context) {
        return new RunWatch(
                context,
                "computing",
                Optional.of("cancelled; the cells finished so far are kept, and the same command resumes from there."));
    }

    static RunWatch ofComparison(Context context) {
        return new RunWatch(context, "comparing", Optional.empty());
    }

    @Override
    public boolean goesOn() {
        return !context.interruption().isCancelled();
    }

    @Override
    public void at(int steps, int of, double share, String next) {
        if (of == 0) {
            return;
        }
        if (steps == 0) {
            progress = Optional.of(new Progress(context.terminal(), what, of));
        }
        progress.ifPresent(p -> p.at(steps, share, next));
        if (steps == of) {
            progress.ifPresent(Progress::end);
        }
    }

    @Override
    public void warn(String message) {
        context.terminal().warning(message);
    }

    @Override
    public void write(Runnable task) {
        context.interruption().write(task);
        whenCancelled.ifPresent(context.interruption()::whenCancelled);
    }
}
