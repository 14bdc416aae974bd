package dev.engram.io.memory;

import dev.engram.io.file.Bounds;
import dev.engram.io.file.Digests;
import dev.engram.io.file.FileStore;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.file.OutputException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.io.safetensors.TensorData;
import dev.engram.io.table.ColumnsText;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Parts;
import dev.engram.memory.Registered;
import dev.engram.memory.Shape;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.optimiser.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Memory files ({@code .engram}): one safetensors file that holds a memory whole.
 *
 * <p>The tensors are the model's parameters (for {@code pcn}: {@code layers.1.weight} .. {@code layers.L.weight}, each
 * [out, in], and {@code memory}; for the others see their codecs). Everything else is text in {@code __metadata__}:
 *
 * <table>
 * <caption>Metadata</caption>
 * <tr><td>{@code format}</td><td>{@code engram-memory}</td></tr>
 * <tr><td>{@code format_version}, {@code checksum.NAME}, {@code header_checksum}</td>
 * <td>see {@link Safetensors}</td></tr>
 * <tr><td>{@code model}</td><td>decides what the rest means</td></tr>
 * <tr><td>{@code network.*}</td><td>the model's definition</td></tr>
 * <tr><td>{@code pattern.shape}, {@code pattern.count}, {@code pattern.digest}</td><td>what is stored</td></tr>
 * <tr><td>{@code pattern.names}, {@code pattern.payload}</td><td>only where there are some: {@link Catalogue}, JSON lists</td></tr>
 * <tr><td>{@code seed}, {@code option.*}</td><td>how it was to be learned; {@code option.fit}: how pictures were
 * brought to their size ({@code stretch} without)</td></tr>
 * <tr><td>{@code learning.outcome}, {@code learning.updates}</td><td>how learning ended</td></tr>
 * <tr><td>{@code audit.*}</td><td>{@link Provenance.Audit}</td></tr>
 * <tr><td>{@code pattern.parts}</td><td>where patterns are several things at once, their names and shapes in order, for example {@code
 * picture=64,64,3;label=64}</td></tr>
 * <tr><td>{@code table.columns}</td><td>{@link ColumnsText}, where the patterns were the rows of a table</td></tr>
 * <tr><td>{@code software.*}</td><td>{@link Software}</td></tr>
 * <tr><td>{@code created}</td><td>only where the caller gave it</td></tr>
 * </table>
 */
public final class MemoryFile {
    static final String FORMAT = "format";
    private static final String FORMAT_NAME = "engram-memory";
    static final String MODEL = "model";
    static final String OPTION = "option.";
    private static final String AUDITED = "audit.patterns";
    private static final String CREATED = "created";
    static final String SHAPE = "pattern.shape";
    private static final String COLUMNS = "table.columns";
    private static final String PARTS = "pattern.parts";
    private static final int LONGEST_PARTS = 100_000; // characters
    private static final List<MemoryCodec<?>> CODECS = List.of(
            new PredictiveCodingCodec(),
            new HopfieldCodec(),
            new ModernHopfieldCodec(),
            new SparseQuantisedCodec(),
            new CovarianceCodec(),
            new KeptPatternsCodec<>("affine-span", AffineSpan.class, AffineSpan::originals, AffineSpan::new),
            new KeptPatternsCodec<>(
                    "nearest-neighbour", NearestNeighbour.class, NearestNeighbour::originals, NearestNeighbour::new),
            new AutoencoderCodec(),
            new BoltzmannCodec());

    private MemoryFile() {}

    /**
     * Writes a memory, all or nothing. The same memory makes the same bytes.
     *
     * @throws IllegalArgumentException if weights are not finite, or the model is not one that is written
     * @throws OutputException if the file cannot be written
     */
    public static void write(Path file, StoredMemory stored) {
        write(FileStore.REAL, file, stored);
    }

    /** {@link #write(Path, StoredMemory)} to a storage of another kind. */
    public static void write(FileStore store, Path file, StoredMemory stored) {
        String model = stored.memory().model();
        write(
                store,
                file,
                stored,
                codec(model)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Memories of the model %s are not written to files.".formatted(model))));
    }

    /** Whether the path is that of a memory file, by how it begins: with the length of a safetensors header, and the header. */
    public static boolean isAt(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        byte[] start = Inputs.beginning(path, Long.BYTES + 1);
        return start.length > Long.BYTES
                && start[4] == 0
                && start[5] == 0
                && start[6] == 0
                && start[7] == 0
                && start[Long.BYTES] == '{';
    }

    /** Those of the library, then those that others have registered. */
    static List<MemoryCodec<?>> codecs() {
        List<MemoryCodec<?>> codecs = new ArrayList<>(CODECS);
        Registered.all(MemoryCodec.class).forEach(codecs::add);
        return codecs;
    }

    /** Whether memories of this model can be written to files. */
    public static boolean isWritten(String model) {
        return codec(model).isPresent();
    }

    private static Optional<MemoryCodec<?>> codec(String model) {
        return codecs().stream().filter(c -> c.model().equals(model)).findFirst();
    }

    private static <M extends AssociativeMemory> void write(
            FileStore store, Path file, StoredMemory stored, MemoryCodec<M> codec) {
        M memory = codec.type().cast(stored.memory());
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, FORMAT_NAME);
        metadata.put(MODEL, codec.model());
        metadata.putAll(codec.definition(memory));
        describe(stored.shape(), stored.provenance(), metadata);
        CatalogueText.describe(stored.catalogue(), metadata);
        stored.columns().ifPresent(columns -> metadata.put(COLUMNS, ColumnsText.write(columns)));
        stored.parts().ifPresent(parts -> metadata.put(PARTS, text(parts)));
        List<NamedTensor> tensors = codec.tensors(memory);
        tensors.forEach(MemoryFile::requireFinite);
        Safetensors.write(store, file, tensors, metadata);
    }

    static void requireFinite(NamedTensor tensor) {
        boolean finite = true;
        boolean bounded = true;
        if (tensor.data() instanceof TensorData.Floats floats) {
            for (float value : floats.values()) {
                finite &= Float.isFinite(value);
                bounded &= Math.abs(value) <= Bounds.MAGNITUDE;
            }
        } else if (tensor.data() instanceof TensorData.Doubles doubles) {
            for (double value : doubles.values()) {
                finite &= Double.isFinite(value);
                bounded &= Math.abs(value) <= Bounds.MAGNITUDE * Bounds.MAGNITUDE;
            }
        }
        if (!finite) {
            throw new IllegalArgumentException(
                    "The memory's %s holds values that are not finite numbers. Maybe its learning diverged."
                            .formatted(tensor));
        }
        if (!bounded) {
            throw new IllegalArgumentException(
                    "The memory's %s holds values beyond %.0e, the most in a file. Maybe scale the patterns first."
                            .formatted(tensor, Bounds.MAGNITUDE));
        }
    }

    static void describe(Shape shape, Provenance provenance, Map<String, String> metadata) {
        metadata.put(SHAPE, numbers(shape.dimensions()));
        metadata.put("pattern.count", String.valueOf(provenance.patterns()));
        metadata.put("pattern.digest", provenance.dataDigest());
        metadata.put("seed", String.valueOf(provenance.seed()));
        provenance.options().forEach((name, value) -> metadata.put(OPTION + name, value));
        metadata.put("learning.outcome", Provenance.word(provenance.outcome()));
        metadata.put("learning.updates", String.valueOf(provenance.updates()));
        metadata.put(AUDITED, String.valueOf(provenance.audit().audited()));
        metadata.put("audit.mean_error", String.valueOf(provenance.audit().meanError()));
        metadata.put("audit.worst_error", String.valueOf(provenance.audit().worstError()));
        metadata.put("audit.recovered", String.valueOf(provenance.audit().recovered()));
        metadata.put("audit.threshold", String.valueOf(provenance.audit().threshold()));
        metadata.put("software.engram", provenance.software().engram());
        metadata.put("software.java", provenance.software().java());
        metadata.put("software.os", provenance.software().os());
        metadata.put("software.blas", provenance.software().blas());
        provenance.created().ifPresent(when -> metadata.put(CREATED, when));
    }

    /**
     * Reads a memory and verifies it: every checksum, that all parts fit together, that every weight is finite.
     *
     * @param la what the memory computes with
     * @throws MemoryFileException if it is damaged, foreign or too new
     * @throws InputException if there is no such file, or it may not be read
     */
    public static StoredMemory read(Path file, LinearAlgebra la) {
        return read(file, Safetensors.read(file), la);
    }

    /** Which memory a file that was read holds: SHA-256 of its header, which has a checksum of every tensor. */
    public static String digest(Path file) {
        long header = ByteBuffer.wrap(Inputs.beginning(file, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        MessageDigest digest = Digests.sha256();
        digest.update(Inputs.beginning(file, Math.toIntExact(Long.BYTES + header)));
        return Digests.hex(digest);
    }

    /** {@link #read(Path, LinearAlgebra)} with the shared linear algebra. */
    public static StoredMemory read(Path file) {
        return read(file, LinearAlgebra.shared());
    }

    static StoredMemory read(Path file, SafetensorsFile content, LinearAlgebra la) {
        if (SequenceFile.isIn(content)) {
            throw new MemoryFileException.Foreign(
                    "%s holds sequences, not patterns. Maybe use engram sequence replay.".formatted(file));
        }
        if (!FORMAT_NAME.equals(content.metadata().get(FORMAT))) {
            throw new MemoryFileException.Foreign(
                    "%s is a safetensors file, but not a memory. Maybe another file was meant.".formatted(file));
        }
        MemoryEntries entries = new MemoryEntries(content, la);
        return entries.made(() -> read(file, entries));
    }

    private static StoredMemory read(Path file, MemoryEntries entries) {
        String model = entries.text(MODEL);
        MemoryCodec<?> codec = codec(model)
                .orElseThrow(() -> new MemoryFileException.TooNew(
                        "%s holds a memory of the model %s, which this Engram does not know. Maybe update Engram, or add the jar it comes from."
                                .formatted(file, model)));
        AssociativeMemory memory = codec.read(entries);
        Provenance provenance = provenance(entries);
        Shape shape = shape(entries, memory.values());
        Catalogue catalogue = CatalogueText.read(entries, provenance.patterns());
        return new StoredMemory(
                memory,
                shape,
                provenance,
                catalogue,
                entries.optional(COLUMNS).map(ColumnsText::read),
                entries.optional(PARTS).map(MemoryFile::parts));
    }

    private static String text(Parts parts) {
        return parts.list().stream()
                .map(part -> part.name() + "=" + numbers(part.shape().dimensions()))
                .collect(Collectors.joining(";"));
    }

    /** @throws IllegalArgumentException if that is not what {@link #text} wrote */
    private static Parts parts(String text) {
        if (text.length() > LONGEST_PARTS) {
            throw new IllegalArgumentException(
                    "The parts of its patterns take %,d characters.".formatted(text.length()));
        }
        return new Parts(Stream.of(text.split(";", -1))
                .map(part -> part.split("=", -1))
                .map(part -> {
                    if (part.length != 2) {
                        throw new IllegalArgumentException(
                                "The parts of its patterns (%.100s) are no names with shapes.".formatted(text));
                    }
                    return new Parts.Part(
                            part[0],
                            new Shape(Stream.of(part[1].split(",", -1))
                                    .map(Integer::valueOf)
                                    .toList()));
                })
                .toList());
    }

    static String numbers(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** How many values a pattern of these dimensions has; the largest int for that many and more. */
    static int product(List<Integer> dimensions) {
        return (int) dimensions.stream().mapToLong(d -> d).reduce(1, (a, b) -> Math.min(a * b, Integer.MAX_VALUE));
    }

    static Shape shape(MemoryEntries entries, int values) {
        List<Integer> dimensions = entries.sizes(SHAPE);
        if (product(dimensions) != values) {
            throw entries.corrupt(
                    "its pattern shape %s does not have the %d values of its network".formatted(dimensions, values));
        }
        return new Shape(dimensions);
    }

    static Provenance provenance(MemoryEntries entries) {
        int patterns = entries.integer("pattern.count", 0, Integer.MAX_VALUE);
        int updates = entries.integer("learning.updates", 0, Integer.MAX_VALUE);
        return new Provenance(
                patterns,
                entries.text("pattern.digest"),
                entries.longInteger("seed"),
                entries.under(OPTION),
                entries.word("learning.outcome", Outcome.class),
                updates,
                new Provenance.Audit(
                        entries.optional(AUDITED).isPresent() ? entries.integer(AUDITED) : patterns, // new in 0.2
                        entries.extended("audit.mean_error"),
                        entries.extended("audit.worst_error"),
                        entries.integer("audit.recovered"),
                        entries.extended("audit.threshold")),
                new Software(
                        entries.text("software.engram"),
                        entries.text("software.java"),
                        entries.text("software.os"),
                        entries.text("software.blas")),
                entries.optional(CREATED));
    }
}
