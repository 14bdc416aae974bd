package dev.engram.memory;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a pattern is made of when it is several things at once: a picture and its label, a word and its sound. Each part has a name and a
 * shape; in a pattern the values of one part follow those of the part before.
 *
 * <p>A memory of such patterns associates the parts with each other (hetero-association): with any of them clamped, completion brings back
 * the others.
 *
 * <pre>{@code
 *   Parts parts = Parts.of("picture", Shape.of(64, 64, 3)).and("label", Shape.of(64));
 *   Matrix patterns = parts.join(pictures, labels);
 *   AssociativeMemory memory = model.learn(patterns, parts.shape(), seed, Watch.NONE).memory();
 *   Recall recall = memory.complete(parts.cues("label", labels), parts.known("label"));
 *   Matrix recalled = parts.only("picture", recall.patterns());
 * }</pre>
 *
 * @param list at least one, no two of one name
 */
public record Parts(List<Part> list) {
    /** The longest name of a part. */
    public static final int LONGEST_NAME = 100;

    private static final Pattern FORBIDDEN = Pattern.compile("[=,;:\\p{Cntrl}]");

    /** One of the parts. */
    public record Part(String name, Shape shape) {
        public Part {
            if (name.isBlank()
                    || name.length() > LONGEST_NAME
                    || FORBIDDEN.matcher(name).find()) {
                throw new IllegalArgumentException(
                        "\"%s\" cannot be the name of a part: up to %d characters without = , ; : were expected. Maybe label."
                                .formatted(name, LONGEST_NAME));
            }
        }
    }

    public Parts {
        list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("A pattern needs at least one part.");
        }
        Set<String> names = new HashSet<>();
        for (Part part : list) {
            if (!names.add(part.name)) {
                throw new IllegalArgumentException("Two parts are called %s; names must differ.".formatted(part.name));
            }
        }
        values(list); // which refuses more values than an int can count
    }

    /** Patterns of one part. */
    public static Parts of(String name, Shape shape) {
        return new Parts(List.of(new Part(name, shape)));
    }

    /** These and one part more, behind them. */
    public Parts and(String name, Shape shape) {
        List<Part> more = new ArrayList<>(list);
        more.add(new Part(name, shape));
        return new Parts(more);
    }

    /** How many values a pattern has. */
    public int values() {
        return values(list);
    }

    private static int values(List<Part> parts) {
        return parts.stream().mapToInt(part -> part.shape.values()).reduce(0, Math::addExact);
    }

    /** The shape of a whole pattern: that of the part where there is one, else a plain vector. */
    public Shape shape() {
        return list.size() == 1 ? list.get(0).shape : Shape.of(values());
    }

    /** In their order. */
    public List<String> names() {
        return list.stream().map(Part::name).toList();
    }

    /** The shape of one part. */
    public Shape shape(String name) {
        return list.get(index(name)).shape;
    }

    /** Which value of a pattern is a part's first. */
    public int from(String name) {
        return values(list.subList(0, index(name)));
    }

    private int index(String name) {
        int index = names().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "There is no part named %s. Maybe it is one of: %s.".formatted(name, String.join(", ", names())));
        }
        return index;
    }

    /**
     * Whole patterns.
     *
     * @param parts [patterns, values of the part], one for each part, in their order
     */
    public Matrix join(Matrix... parts) {
        if (parts.length != list.size()) {
            throw new IllegalArgumentException("Patterns of the parts %s need %d matrices; given were %d."
                    .formatted(this, list.size(), parts.length));
        }
        Matrix joined = Matrix.zeros(parts[0].rows(), values());
        for (int k = 0; k < parts.length; k++) {
            put(list.get(k).name, parts[k], joined);
        }
        return joined;
    }

    /**
     * Cues of which one part is there and all others are missing, which is NaN.
     *
     * @param values [cues, values of the part]
     */
    public Matrix cues(String name, Matrix values) {
        Matrix cues = Matrix.zeros(values.rows(), values());
        Arrays.fill(cues.data(), Float.NaN);
        put(name, values, cues);
        return cues;
    }

    /**
     * Puts one part into patterns.
     *
     * @param values [patterns, values of the part]
     * @param patterns [patterns, values]; changed
     */
    public void put(String name, Matrix values, Matrix patterns) {
        requireWhole(patterns);
        requireRows(list.get(index(name)), values, patterns.rows());
        copy(values, 0, patterns, from(name), values.columns());
    }

    /** One part of each pattern. */
    public Matrix only(String name, Matrix patterns) {
        requireWhole(patterns);
        Matrix only = Matrix.zeros(patterns.rows(), shape(name).values());
        copy(patterns, from(name), only, 0, only.columns());
        return only;
    }

    private void requireWhole(Matrix patterns) {
        if (patterns.columns() != values()) {
            throw new IllegalArgumentException("The patterns have %d values; those of the parts %s have %d."
                    .formatted(patterns.columns(), this, values()));
        }
    }

    private static void requireRows(Part part, Matrix values, int rows) {
        if (values.rows() != rows || values.columns() != part.shape.values()) {
            throw new IllegalArgumentException("The part %s is a matrix of %d x %d; %d x %d was expected."
                    .formatted(part.name, values.rows(), values.columns(), rows, part.shape.values()));
        }
    }

    private static void copy(Matrix source, int from, Matrix target, int to, int columns) {
        for (int row = 0; row < source.rows(); row++) {
            System.arraycopy(
                    source.data(), row * source.columns() + from, target.data(), row * target.columns() + to, columns);
        }
    }

    /** The mask in which these parts are known whole, and nothing else. */
    public Mask known(String... names) {
        BitSet known = new BitSet(values());
        for (String name : names) {
            known.set(from(name), from(name) + shape(name).values());
        }
        return Mask.known(values(), List.of(known));
    }

    /** The mask in which that is known of one part which a mask of its own says, and nothing of the others. */
    public Mask known(String name, Mask ofPart) {
        int first = from(name);
        List<BitSet> rows = new ArrayList<>();
        for (int row = 0; row < ofPart.rows(); row++) {
            BitSet known = new BitSet(values());
            for (int j = 0; j < ofPart.values(); j++) {
                known.set(first + j, ofPart.isKnown(row, j));
            }
            rows.add(known);
        }
        return Mask.known(values(), rows);
    }

    /** For example {@code picture 64x64x3, label 64}. */
    @Override
    public String toString() {
        return list.stream().map(part -> part.name + " " + part.shape).collect(Collectors.joining(", "));
    }
}
