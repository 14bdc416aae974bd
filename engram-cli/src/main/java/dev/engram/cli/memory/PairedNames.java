package dev.engram.cli.memory;

import dev.engram.cli.options.PatternOutput;
import dev.engram.io.PatternSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds for each result the original of the same name. The number that the program writes before the names of pictures, and the ending of a
 * picture's name, make no difference.
 */
final class PairedNames {
    private static final String PICTURE = "(?i)\\.(png|jpe?g|gif|bmp)$";

    private final Map<String, Integer> originals = new HashMap<>();
    private final List<String> results;
    private final boolean areNamed;

    PairedNames(PatternSet originals, PatternSet results) {
        List<String> names = bare(originals);
        boolean areUnique = true;
        for (int i = 0; i < names.size(); i++) {
            areUnique &= this.originals.put(names.get(i), i) == null;
        }
        this.results = bare(results);
        this.areNamed = originals.isNamed() && results.isNamed() && areUnique;
    }

    /** As a written picture would be called. */
    private static List<String> bare(PatternSet set) {
        return PatternOutput.withoutNumbers(set.names()).stream()
                .map(name -> name.replaceAll(PICTURE, ""))
                .map(name -> name.replaceAll("[^A-Za-z0-9._-]", "_"))
                .toList();
    }

    /** How many results have an original of their name. */
    int found() {
        return areNamed ? (int) indices().filter(i -> i >= 0).count() : 0;
    }

    /** The index of each result's original, where every result has one of its name, and no two have one. */
    Optional<int[]> all() {
        int[] indices = indices().mapToInt(i -> i).toArray();
        boolean areAll = areNamed && indices().filter(i -> i >= 0).distinct().count() == indices.length;
        return areAll ? Optional.of(indices) : Optional.empty();
    }

    private Stream<Integer> indices() {
        return results.stream()
                .map(name -> originals.getOrDefault(name, originals.getOrDefault(name.replaceFirst("^\\d+-", ""), -1)));
    }
}
