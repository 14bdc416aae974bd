package dev.engram.cli.experiment;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.experiments.frame.Watch;
import java.util.Optional;

/** Shows how far a run of experiments is, and stops it on Ctrl-C. */
final class ReproduceWatch implements Watch {
    private final Context context;
    private Optional<Progress> progress = Optional.empty();

    ReproduceWatch(Context context) {
        this.context = context;
    }

    @Override
    public boolean goesOn() {
        return !context.interruption().isCancelled();
    }

    @Override
    public void at(int cells, int of, double share, String next) {
        if (of == 0) {
            return;
        }
        if (cells == 0) {
            progress = Optional.of(new Progress(context.terminal(), "computing", of));
        }
        progress.ifPresent(p -> p.at(cells, share, next));
        if (cells == of) {
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
        context.interruption()
                .whenCancelled(
                        "cancelled; the cells finished so far are kept, and the same command goes on from there.");
    }
}
