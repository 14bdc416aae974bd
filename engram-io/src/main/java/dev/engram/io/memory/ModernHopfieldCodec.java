package dev.engram.io.memory;

import dev.engram.io.safetensors.NamedTensor;
import dev.engram.memory.hopfield.ModernHopfield;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.hopfield.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A modern Hopfield network in a memory file: its patterns ({@link PatternsInFile}), and
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code network.similarity}</td><td>dot, cosine, euclidean or l1</td></tr>
 * <tr><td>{@code network.separation}</td><td>softmax, sparsemax, entmax, normmax, epanechnikov, max, polynomial or identity</td></tr>
 * <tr><td>{@code network.beta}</td><td>β of the first five</td></tr>
 * <tr><td>{@code network.alpha}</td><td>α of entmax and normmax</td></tr>
 * <tr><td>{@code network.degree}</td><td>of the polynomial</td></tr>
 * </table>
 */
final class ModernHopfieldCodec implements MemoryCodec<ModernHopfield> {
    private static final String NETWORK = "network.";
    private static final String SIMILARITY = NETWORK + "similarity";
    private static final String SEPARATION = NETWORK + "separation";
    private static final String BETA = NETWORK + "beta";
    private static final String ALPHA = NETWORK + "alpha";
    private static final String DEGREE = NETWORK + "degree";

    @Override
    public String model() {
        return "modern-hopfield";
    }

    @Override
    public Class<ModernHopfield> type() {
        return ModernHopfield.class;
    }

    @Override
    public List<NamedTensor> tensors(ModernHopfield memory) {
        return PatternsInFile.tensors(memory.patterns());
    }

    @Override
    public Map<String, String> definition(ModernHopfield memory) {
        Map<String, String> definition = PatternsInFile.definition(memory.patterns());
        definition.put(SIMILARITY, memory.options().similarity().word());
        memory.options().separation().describe().forEach((name, value) -> definition.put(NETWORK + name, value));
        return definition;
    }

    @Override
    public ModernHopfield read(MemoryEntries entries) {
        return entries.made(() -> ModernHopfield.learn(
                PatternsInFile.read(entries),
                new ModernHopfieldOptions(similarity(entries), separation(entries)),
                entries.la()));
    }

    private static Similarity similarity(MemoryEntries entries) {
        String word = entries.text(SIMILARITY);
        return Arrays.stream(Similarity.values())
                .filter(s -> s.word().equals(word))
                .findFirst()
                .orElseThrow(() -> entries.corrupt("its similarity is \"%s\"".formatted(word)));
    }

    private static Separation separation(MemoryEntries entries) {
        String word = entries.text(SEPARATION);
        return switch (word) {
            case "softmax" -> Separation.softmax(entries.number(BETA));
            case "sparsemax" -> Separation.sparsemax(entries.number(BETA));
            case "entmax" -> Separation.entmax(entries.number(ALPHA), entries.number(BETA));
            case "normmax" -> Separation.normmax(entries.number(ALPHA), entries.number(BETA));
            case "epanechnikov" -> Separation.epanechnikov(entries.number(BETA));
            case "max" -> Separation.max();
            case "polynomial" -> Separation.polynomial(entries.integer(DEGREE));
            case "identity" -> Separation.identity();
            default -> throw entries.corrupt("its separation is \"%s\"".formatted(word));
        };
    }
}
