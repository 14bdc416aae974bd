package dev.engram.cli.experiment;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.HelpText;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.Targets;
import dev.engram.experiments.Experiments;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Run;
import dev.engram.experiments.frame.RunCancelled;
import dev.engram.experiments.frame.RunOptions;
import dev.engram.experiments.frame.Runner;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Verdict;
import dev.engram.io.NumberText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code engram reproduce}: computes the papers' figures and tables again. */
@Command(
        name = "reproduce",
        description = {
            "Compute a figure or table of a paper again, and write a report: what was claimed beside what was found.",
            "Without a name: list what there is. A run that was stopped resumes when the same command is given again; a"
                    + " cell whose options, seed or data have changed is computed again."
        },
        footer = {
            "",
            "Examples:",
            "  engram reproduce                                    what there is",
            "  engram reproduce baselines -o baselines/            one experiment, quickly",
            "  engram reproduce all --profile full -o results/     everything, as the papers have it",
            "",
            "DIR holds index.html (to read), results.json, measurements.csv, tables/ and figures/ (the same bytes from",
            "the same seed), timings.csv, and cells/ (what a stopped run resumes from). With \"all\" each experiment has",
            "a folder in DIR.",
            "Exit codes: 0 done, 1 a cell failed, 2 wrong usage, 3 no experiment had the data it needs."
        })
public final class ReproduceCommand extends BaseCommand {
    private static final String ALL = "all";
    private static final double LONGEST = 1e6; // hours; a century
    private static final Path DATA = Path.of("..", "shared", "data");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "EXPERIMENT", description = "The name of an experiment, or \"all\".")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "The folder of the report: a new one, or that of an earlier run of the same experiment.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "quick",
            description = "quick: every kind of result, in seconds to minutes; full: as the paper has it, in minutes to"
                    + " hours (default: ${DEFAULT-VALUE}).")
    private Profile profile = Profile.QUICK;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "The folder of the data sets (default: ../shared/data, if it is there).")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "Seed of everything random (default: 0).")
    private long seed;

    @Option(
            names = "--hours",
            defaultValue = "24",
            paramLabel = "H",
            converter = Converters.NotNegative.class,
            description =
                    "Begin nothing new after this number of hours (default: ${DEFAULT-VALUE}): the report names what is left"
                            + " out, and the same command resumes with it.")
    private double hours;

    private boolean cellFailed;

    public ReproduceCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        if (name.isEmpty()) {
            list();
            return;
        }
        List<Experiment> experiments = experiments(name.get());
        Path folder = output.orElseThrow(() -> CommandException.wrongUsage(
                "A folder for the report is needed. Maybe add: -o %s/".formatted(name.get())));
        Targets.requireParent(folder);
        RunOptions options = RunOptions.of(profile, folderOfData(), seed, HelpText.command(spec))
                .within(Duration.ofMillis(Math.round(Math.min(hours, LONGEST) * 3_600_000)))
                .withLinearAlgebra(context.la());
        RunWatch watch = RunWatch.ofExperiments(context);
        Runner runner = new Runner(options, watch);
        requireAnyData(runner, experiments);
        List<Run> runs;
        try {
            runs = name.get().equals(ALL)
                    ? runner.runAll(experiments, folder)
                    : List.of(runner.run(experiments.get(0), folder));
        } catch (RunCancelled e) {
            context.interruption().requireGoingOn();
            throw CommandException.cancelled();
        }
        say(runs, folder);
        cellFailed = runs.stream().anyMatch(run -> run.count(CellOutcome.Status.FAILED) > 0);
    }

    @Override
    protected int exitCode() {
        return cellFailed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void list() {
        if (json()) {
            JsonOutput.of("reproduce")
                    .with(
                            "experiments",
                            Experiments.named()
                                    .map(e -> new JsonOutput()
                                            .with("name", e.name())
                                            .with("title", e.about().title()))
                                    .toList())
                    .print(terminal);
            return;
        }
        Experiments.named()
                .forEach(e ->
                        terminal.result("%-12s %s".formatted(e.name(), e.about().title())));
        terminal.result("%-12s %s".formatted(ALL, "one after the other"));
    }

    private static List<Experiment> experiments(String name) {
        if (name.equals(ALL)) {
            return Experiments.all();
        }
        return List.of(Experiments.find(name).orElseThrow(() -> {
            String names = Experiments.named().map(Experiment::name).collect(Collectors.joining(", "));
            return CommandException.wrongUsage(
                    "'%s' is not an experiment. Maybe one of: %s, %s.".formatted(name, names, ALL));
        }));
    }

    private Optional<Path> folderOfData() {
        data.filter(d -> !Files.isDirectory(d)).ifPresent(d -> {
            throw CommandException.unusableInput(
                    "%s is not a folder; the folder of the data sets was expected.".formatted(d));
        });
        return data.or(() -> Optional.of(DATA).filter(Files::isDirectory));
    }

    private void requireAnyData(Runner runner, List<Experiment> experiments) {
        List<String> missing = experiments.stream()
                .flatMap(e -> runner.missingData(e).map(why -> e.name() + ": " + why).stream())
                .toList();
        if (missing.size() == experiments.size()) {
            throw CommandException.unusableInput("no experiment can run. " + String.join(" ", missing));
        }
    }

    private void say(List<Run> runs, Path folder) {
        for (Run run : runs) {
            run.outcomes().stream()
                    .filter(o -> o.status() == CellOutcome.Status.NO_DATA)
                    .map(o -> run.experiment().name() + ": " + o.reason())
                    .distinct()
                    .forEach(terminal::note);
        }
        if (json()) {
            JsonOutput.of("reproduce")
                    .with("profile", profile.name().toLowerCase(Locale.ROOT))
                    .with("seed", seed)
                    .with("report", folder.resolve("index.html"))
                    .with(
                            "experiments",
                            runs.stream().map(ReproduceCommand::json).toList())
                    .print(terminal);
        } else {
            runs.forEach(run -> say(terminal, run));
        }
        terminal.line("Report: %s".formatted(folder.resolve("index.html").toAbsolutePath()));
    }

    private static void say(Terminal terminal, Run run) {
        for (Claim claim : run.claims()) {
            terminal.result("%-8s %s%s"
                    .formatted(
                            claim.verdict(),
                            claim.claim(),
                            claim.ours().isEmpty() ? "" : " Found: %s.".formatted(claim.ours())));
        }
        terminal.result("%s: %s finished, %d failed, %d skipped, %d without data"
                .formatted(
                        run.experiment().name(),
                        NumberText.count(
                                (int) run.outcomes().stream()
                                        .filter(CellOutcome::isFinished)
                                        .count(),
                                "cell"),
                        run.count(CellOutcome.Status.FAILED),
                        run.count(CellOutcome.Status.SKIPPED),
                        run.count(CellOutcome.Status.NO_DATA)));
    }

    private static JsonOutput json(Run run) {
        JsonOutput cells = new JsonOutput();
        for (CellOutcome.Status status : CellOutcome.Status.values()) {
            cells.with(status.name().toLowerCase(Locale.ROOT), run.count(status));
        }
        JsonOutput verdicts = new JsonOutput();
        for (Verdict verdict : Verdict.values()) {
            verdicts.with(
                    verdict.name().toLowerCase(Locale.ROOT),
                    run.claims().stream().filter(c -> c.verdict() == verdict).count());
        }
        return new JsonOutput()
                .with("experiment", run.experiment().name())
                .with("cells", cells)
                .with("verdicts", verdicts)
                .with(
                        "claims",
                        run.claims().stream()
                                .map(c -> c.row(run.experiment().name()).toMap())
                                .toList());
    }
}
