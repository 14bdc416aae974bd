package dev.engram.cli;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The engines that race, as the command line spells them. */
enum BenchEngineChoice {
    REFERENCE(BenchReferenceEngine::new);

    private final BiFunction<BenchArrays, Double, BenchEngine> maker;

    BenchEngineChoice(BiFunction<BenchArrays, Double, BenchEngine> maker) {
        this.maker = maker;
    }

    /** A fresh engine at the arrays' start. */
    BenchEngine start(BenchArrays arrays, double learningRate) {
        return maker.apply(arrays, learningRate);
    }

    @Override
    public String toString() {
        return Choices.spelled(this);
    }

    /** The engine from its name. */
    static final class Converter implements ITypeConverter<BenchEngineChoice> {
        @Override
        public BenchEngineChoice convert(String text) {
            return Arrays.stream(values())
                    .filter(choice -> choice.toString().equalsIgnoreCase(text.strip()))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'%s' is none of: %s."
                            .formatted(
                                    text,
                                    Arrays.stream(values())
                                            .map(BenchEngineChoice::toString)
                                            .collect(Collectors.joining(", ")))));
        }
    }
}
