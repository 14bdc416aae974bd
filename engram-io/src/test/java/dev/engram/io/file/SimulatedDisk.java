package dev.engram.io.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Storage that is watched: everything but the forcing is done in a real folder and recorded, so that the folder can be made again as a
 * power failure after any operation may leave it; and the n-th operation can fail, or the disk be full.
 *
 * <p>What a failure may leave is as unkind as POSIX allows: of a file, what was forced, and of what was written since any
 * beginning, with zeros or without; of the names in a folder, what was forced, and of later changes any, in any order, or
 * the first few.
 */
public final class SimulatedDisk implements FileStore {
    /** One operation. */
    private sealed interface Op {
        record Create(Path file, boolean folder) implements Op {}

        record Write(Path file, byte[] bytes) implements Op {}

        record Overwrite(Path file, byte[] bytes) implements Op {}

        record Cut(Path file, int length) implements Op {}

        record Force(Path path) implements Op {}

        record Move(Path from, Path to) implements Op {}

        record Delete(Path path) implements Op {}
    }

    /** A file or folder, whatever its names. */
    private static final class Node {
        final Map<String, Node> entries = new TreeMap<>();
        byte[] bytes = new byte[0];
        Optional<byte[]> over = Optional.empty(); // being written over them
        int forced;
        final boolean folder;

        Node(boolean folder) {
            this.folder = folder;
        }
    }

    /** A change of the names in a folder. */
    private record Change(Node folder, int at, Runnable effect) {}

    private final Path root;
    private final Node start;
    private final List<Op> log = new ArrayList<>();
    private long bytesLeft = Long.MAX_VALUE;
    private int actsLeft = Integer.MAX_VALUE;
    private String failed = "";

    private SimulatedDisk(Path root) {
        this.root = root.toAbsolutePath();
        this.start = new Node(true);
        load(root, start, new HashMap<>());
    }

    /** A disk that works, and holds what the folder holds. */
    public static SimulatedDisk of(Path root) {
        return new SimulatedDisk(root);
    }

    /** The disk is full after that many bytes. */
    public static SimulatedDisk fullAfter(Path root, long bytes) {
        SimulatedDisk disk = new SimulatedDisk(root);
        disk.bytesLeft = bytes;
        return disk;
    }

    /** That many operations succeed, the next fails; later ones succeed again. */
    public static SimulatedDisk failingAfter(Path root, int operations) {
        SimulatedDisk disk = new SimulatedDisk(root);
        disk.actsLeft = operations;
        return disk;
    }

    /** The operation that was made to fail; empty if all succeeded. */
    public String failed() {
        return failed;
    }

    /** How many operations there were: a crash can come after 0 to this many. */
    public int operations() {
        return log.size();
    }

    /** Makes the folder {@code into} what a crash after that many operations may leave. */
    public void crash(int operations, long seed, Path into) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Change> changes = new ArrayList<>();
        Map<Node, Integer> forcedAt = new IdentityHashMap<>();
        Node now = copy(
                start,
                new IdentityHashMap<>()); // its entries are those that processes see; what the disk holds is kept
        // beside
        Map<Node, Map<String, Node>> durable = new IdentityHashMap<>();
        remember(now, durable);
        for (int i = 0; i < operations; i++) {
            replay(log.get(i), i, now, changes, forcedAt, durable);
        }
        boolean inOrder = random.nextBoolean();
        int last = random.nextInt(operations + 1);
        for (Change change : changes) {
            boolean certain = forcedAt.getOrDefault(change.folder(), -1) > change.at();
            if (certain || (inOrder ? change.at() < last : random.nextBoolean())) {
                change.effect().run();
            }
        }
        write(now, into, durable, random, new IdentityHashMap<>());
    }

    private void replay(
            Op op,
            int at,
            Node now,
            List<Change> changes,
            Map<Node, Integer> forcedAt,
            Map<Node, Map<String, Node>> durable) {
        if (op instanceof Op.Create create) {
            Node folder = node(now, parent(create.file()));
            Node made = new Node(create.folder());
            String name = name(create.file());
            folder.entries.put(name, made);
            durable.put(made, new TreeMap<>());
            changes.add(new Change(folder, at, () -> durable.get(folder).put(name, made)));
        } else if (op instanceof Op.Write write) {
            Node file = node(now, write.file());
            int before = file.bytes.length;
            file.bytes = Arrays.copyOf(file.bytes, before + write.bytes().length);
            System.arraycopy(write.bytes(), 0, file.bytes, before, write.bytes().length);
        } else if (op instanceof Op.Overwrite overwrite) {
            node(now, overwrite.file()).over = Optional.of(overwrite.bytes());
        } else if (op instanceof Op.Cut cut) {
            Node file = node(now, cut.file());
            file.bytes = Arrays.copyOf(file.bytes, cut.length());
            file.forced = cut.length();
        } else if (op instanceof Op.Force force) {
            Node node = node(now, force.path());
            node.bytes = node.over.orElse(node.bytes);
            node.over = Optional.empty();
            node.forced = node.bytes.length;
            if (node.folder) {
                forcedAt.put(node, at);
            }
        } else if (op instanceof Op.Move move) {
            Node folder = node(now, parent(move.to()));
            Node moved = folder.entries.remove(name(move.from()));
            folder.entries.put(name(move.to()), moved);
            changes.add(new Change(folder, at, () -> {
                durable.get(folder).remove(name(move.from()), moved);
                durable.get(folder).put(name(move.to()), moved);
            }));
        } else if (op instanceof Op.Delete delete) {
            Node folder = node(now, parent(delete.path()));
            Node gone = folder.entries.remove(name(delete.path()));
            changes.add(new Change(folder, at, () -> durable.get(folder).remove(name(delete.path()), gone)));
        }
    }

    private static void remember(Node node, Map<Node, Map<String, Node>> durable) {
        durable.put(node, new TreeMap<>(node.entries));
        node.entries.values().forEach(child -> remember(child, durable));
    }

    private static Node copy(Node node, Map<Node, Node> copies) {
        if (copies.containsKey(node)) {
            return copies.get(node);
        }
        Node copy = new Node(node.folder);
        copy.bytes = node.bytes;
        copy.forced = node.forced;
        copies.put(node, copy);
        node.entries.forEach((name, child) -> copy.entries.put(name, copy(child, copies)));
        return copy;
    }

    private static void write(
            Node node,
            Path at,
            Map<Node, Map<String, Node>> durable,
            SplittableRandom random,
            Map<Node, Path> written) {
        try {
            if (node.folder) {
                Files.createDirectories(at);
                durable.get(node).forEach((name, child) -> write(child, at.resolve(name), durable, random, written));
            } else if (written.containsKey(node)) {
                Files.createLink(at, written.get(node));
            } else {
                Files.write(at, content(node, random));
                written.put(node, at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(Node node, SplittableRandom random) {
        if (node.over.isPresent()) { // any block of either
            byte[] over = node.over.get();
            byte[] mixed = Arrays.copyOf(
                    random.nextBoolean() ? node.bytes : over, random.nextBoolean() ? node.bytes.length : over.length);
            for (int from = 0; from < mixed.length; from += 512) {
                byte[] source = random.nextBoolean() ? node.bytes : over;
                System.arraycopy(
                        source,
                        Math.min(from, source.length),
                        mixed,
                        from,
                        Math.max(0, Math.min(512, Math.min(mixed.length, source.length) - from)));
            }
            return mixed;
        }
        int length = node.forced + random.nextInt(node.bytes.length - node.forced + 1);
        byte[] bytes = Arrays.copyOf(node.bytes, length);
        int zeros = random.nextBoolean() ? node.forced + random.nextInt(length - node.forced + 1) : length;
        Arrays.fill(bytes, zeros, length, (byte) 0);
        return bytes;
    }

    private static void load(Path path, Node node, Map<Object, Node> files) {
        try (Stream<Path> content = Files.list(path)) {
            for (Path file : content.toList()) {
                boolean folder = Files.isDirectory(file);
                Object key =
                        Files.readAttributes(file, BasicFileAttributes.class).fileKey();
                Node child = files.computeIfAbsent(key == null ? file : key, any -> new Node(folder));
                node.entries.put(name(file), child);
                if (child.folder) {
                    load(file, child, files);
                } else {
                    child.bytes = Files.readAllBytes(file);
                    child.forced = child.bytes.length;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Node node(Node from, Path path) {
        Node node = from;
        Path inner = root.relativize(path.toAbsolutePath());
        for (Path name : inner) {
            if (!name.toString().isEmpty()) {
                node = Objects.requireNonNull(node.entries.get(name.toString()), path.toString());
            }
        }
        return node;
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent());
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private void act(Op op) throws IOException {
        if (actsLeft-- == 0) {
            failed = op.getClass().getSimpleName();
            throw new IOException("injected failure of " + failed);
        }
    }

    @Override
    public NewFile create(Path file, FileAttribute<?>... attributes) throws IOException {
        Op op = new Op.Create(file, false);
        act(op);
        NewFile real = FileStore.super.create(file, attributes);
        log.add(op);
        return new Watched(file, real);
    }

    @Override
    public Optional<NewFile> reopen(Path file, Kept kept) throws IOException {
        return FileStore.super
                .reopen(file, content -> {
                    long length = kept.bytes(content);
                    if (length >= 0) {
                        Op op = new Op.Cut(file, (int) length);
                        act(op);
                        log.add(op);
                    }
                    return length;
                })
                .map(real -> new Watched(file, real));
    }

    /** A file whose writes are recorded. */
    private final class Watched extends NewFile {
        private final Path file;
        private final NewFile real;

        Watched(Path file, NewFile real) {
            this.file = file;
            this.real = real;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int fits = (int) Math.min(length, bytesLeft);
            Op op = new Op.Write(file, Arrays.copyOfRange(bytes, offset, offset + fits));
            act(op);
            real.write(bytes, offset, fits);
            log.add(op);
            bytesLeft -= fits;
            if (fits < length) {
                failed = "Write";
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void force() throws IOException {
            Op op = new Op.Force(file);
            act(op);
            log.add(op);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }

    @Override
    public void force(Path file) throws IOException {
        Op op = new Op.Force(file);
        act(op);
        log.add(op);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        Op op = new Op.Create(folder, true);
        act(op);
        FileStore.super.createFolder(folder);
        log.add(op);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        Op op = new Op.Force(folder);
        act(op);
        log.add(op);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Op op = new Op.Move(from, to);
        act(op);
        FileStore.super.move(from, to);
        log.add(op);
    }

    @Override
    public void extend(Path file, long size) throws IOException {
        byte[] longer = Arrays.copyOf(Files.readAllBytes(file), (int) Math.max(size, Files.size(file)));
        Op op = new Op.Overwrite(file, longer);
        act(op);
        log.add(op);
        if (longer.length - Files.size(file) > bytesLeft) {
            failed = "Write";
            throw new IOException("No space left on device");
        }
        FileStore.super.extend(file, size);
        log.add(new Op.Force(file));
    }

    @Override
    public void overwrite(Path file, Path content) throws IOException {
        Op op = new Op.Overwrite(file, Files.readAllBytes(content));
        act(op);
        log.add(op);
        FileStore.super.overwrite(file, content);
        log.add(new Op.Force(file));
    }

    @Override
    public void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            Op op = new Op.Delete(path);
            act(op);
            FileStore.super.delete(path);
            log.add(op);
        }
    }
}
