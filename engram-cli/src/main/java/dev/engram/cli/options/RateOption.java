package dev.engram.cli.options;

import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** At which rate of false alarms a memory is to answer. */
public final class RateOption {
    @Option(
            names = "--false-alarm-rate",
            paramLabel = "R",
            converter = Converters.Rate.class,
            description =
                    "How many of the cues that are not stored may be called recalled, as a fraction; of tables, how"
                            + " many ordinary rows may be called new (default: as the memory was learned, "
                            + Calibration.FALSE_ALARM_RATE + ").")
    private Optional<Double> rate = Optional.empty();

    /** The memory, answering at that rate. */
    public AssociativeMemory of(AssociativeMemory memory) {
        return rate.map(memory::calibrated).orElse(memory);
    }

    /** The rate, if one was asked for. */
    public Optional<Double> given() {
        return rate;
    }

    /** The rate, as given or as memories have it that are asked for none. */
    public double value() {
        return rate.orElse(Calibration.FALSE_ALARM_RATE);
    }
}
