package dev.engram.experiments.frame;

import dev.engram.io.CharacterCorpus;
import dev.engram.io.Flags;
import dev.engram.io.NameSet;
import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.ReadOptions;
import dev.engram.io.file.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that data sets are in. Each is read once, as far as the cells will need it, and shared by them.
 *
 * <p>Not for several threads at a time.
 */
public final class DataFolder {
    private static final int FLAG_SIZE = 64;

    private record Part(DataSet set, int count) {}

    private final Optional<Path> folder;
    private final Map<DataSet, Integer> expected = new EnumMap<>(DataSet.class);
    private final Map<DataSet, Integer> asked = new EnumMap<>(DataSet.class);
    private final Map<DataSet, PatternSet> read = new EnumMap<>(DataSet.class);
    private final Map<Part, PatternSet> parts = new HashMap<>();
    private final Map<DataSet, String> textDigests = new EnumMap<>(DataSet.class);

    /** @param folder empty where the user has none */
    public DataFolder(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Whether the data set is there. */
    public boolean has(DataSet set) {
        return set.files().isEmpty() || find(set).isPresent();
    }

    /**
     * Where the data set is.
     *
     * @throws InputException naming what to put where, if it is not there
     */
    public Path path(DataSet set) {
        return find(set).orElseThrow(() -> new InputException(missing(set)));
    }

    /** Which files to put where. */
    String missing(DataSet set) {
        String place = folder.map(Path::toString).orElse("a folder and give it with --data FOLDER");
        return "%s is not there: put %s into %s.".formatted(set.title(), String.join(" or ", set.files()), place);
    }

    private Optional<Path> find(DataSet set) {
        return folder.flatMap(
                f -> set.files().stream().map(f::resolve).filter(Files::exists).findFirst());
    }

    /** Tells how many patterns will be asked for at most; 0 for all. */
    void expect(DataSet set, int count) {
        expected.merge(set, count, (a, b) -> a == 0 || b == 0 ? 0 : Math.max(a, b));
    }

    /**
     * The first patterns of a data set.
     *
     * @param count how many; 0 for all
     * @throws InputException if the data are missing, damaged or too few
     */
    public PatternSet patterns(DataSet set, int count) {
        PatternSet longest = longest(set, count);
        if (count == 0 || count == longest.count()) {
            return longest;
        }
        if (count > longest.count()) {
            throw new InputException("%s: %d patterns are there, %d are needed. Maybe use a larger set."
                    .formatted(set.title(), longest.count(), count));
        }
        return parts.computeIfAbsent(
                new Part(set, count),
                part -> PatternSet.of(
                        longest.patterns().slice(0, count),
                        longest.shape(),
                        longest.names().subList(0, count),
                        longest.notes()));
    }

    private PatternSet longest(DataSet set, int count) {
        expect(set, count);
        int most = expected.getOrDefault(set, count);
        Optional<PatternSet> known = Optional.ofNullable(read.get(set)).filter(k -> {
            int before = asked.getOrDefault(set, 0);
            return before == 0 || most != 0 && most <= before;
        });
        return known.orElseGet(() -> {
            PatternSet patterns = readUpTo(set, most);
            read.put(set, patterns);
            asked.put(set, most);
            return patterns;
        });
    }

    private PatternSet readUpTo(DataSet set, int most) {
        return switch (set) {
            case FLAGS -> Flags.read(FLAG_SIZE);
            case NAMES, SHAKESPEARE ->
                throw new IllegalArgumentException("%s is text, not patterns.".formatted(set.title()));
            default -> PatternReader.read(path(set), ReadOptions.defaults().withLimit(most));
        };
    }

    /**
     * What the data set is, in one number: equal digests, equal data.
     *
     * @param count how many patterns of it count; 0 for all
     */
    String digest(DataSet set, int count) {
        return switch (set) {
            case NAMES, SHAKESPEARE -> textDigests.computeIfAbsent(set, this::textDigest);
            default -> patterns(set, count).digest();
        };
    }

    private String textDigest(DataSet set) {
        return set == DataSet.NAMES
                ? NameSet.read(path(set), NameSet.Letters.AS_WRITTEN).digest()
                : CharacterCorpus.read(path(set)).digest();
    }
}
