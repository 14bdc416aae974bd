package dev.engram.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram recall}. */
@Command(
        name = "recall",
        description = {
            "Bring patterns back from whole, noisy cues.",
            "Where you know which values are damaged, use complete: it trusts the others."
        },
        footer = {
            "",
            "Examples:",
            "  engram recall photos.engram noisy.npy -o recalled.npy",
            "  engram recall photos.engram noisy/ -o recalled/ --iterations 3"
        })
final class RecallCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private Asking asking = new Asking();

    @Option(
            names = "--iterations",
            paramLabel = "F",
            defaultValue = "1",
            converter = Converters.Count.class,
            description = "How often the answer is shown again as a cue (default: ${DEFAULT-VALUE}, once).")
    private int iterations;

    RecallCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return asking.run(
                context,
                "recall",
                (stored, cues) -> run -> run.recall(iterations),
                json -> json.with("iterations", iterations));
    }
}
