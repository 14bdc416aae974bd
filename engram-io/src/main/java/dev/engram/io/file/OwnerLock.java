package dev.engram.io.file;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The right to read a file, change it and write it back, which one owner has at a time, among all threads and processes.
 *
 * <p>It is the system's lock on a hidden file beside it, {@code .name.engram.lock}, which says who the owner is and is removed at the end. The
 * lock ends with its process, however that ends; who comes next takes it over. Where the file system has no locks there is none ({@link #isHeld}).
 */
public final class OwnerLock implements AutoCloseable {
    /** How long to wait for another owner, unless the caller says otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SUFFIX = ".engram.lock";
    private static final int SHORTEST_PAUSE = 10;
    private static final int LONGEST_PAUSE = 50;
    private static final int LONGEST_TEXT = 400;

    private final Path lockFile;
    private final Ownership ownership;
    private final Optional<Claim> claim;

    private OwnerLock(Path lockFile, Ownership ownership, Optional<Claim> claim) {
        this.lockFile = lockFile;
        this.ownership = ownership;
        this.claim = claim;
    }

    /** The locked channel, and the one it was verified by: closing either gives the lock away. */
    private record Claim(FileChannel locked, FileChannel seen) {
        void close() {
            try (locked) {
                seen.close();
            } catch (IOException e) {
                // Closed all the same: the system keeps no lock of a channel that failed to close.
            }
        }
    }

    /** What an attempt came to: the lock, or who has it. */
    private record Attempt(Optional<OwnerLock> lock, String owner) {}

    /**
     * Waits for the lock on a file.
     *
     * @param waiting is told once, in a line, if it is another's
     * @throws BusyException if it still is another's after that time
     * @throws OutputException if the lock file cannot be made
     */
    public static OwnerLock take(Path file, Duration patience, Consumer<String> waiting) {
        Path lockFile = lockFile(file);
        long start = System.nanoTime();
        boolean told = false;
        while (true) {
            Attempt attempt = attempt(file, lockFile);
            if (attempt.lock().isPresent()) {
                return attempt.lock().get();
            }
            if (System.nanoTime() - start >= patience.toNanos()) {
                throw new BusyException(
                        "%s is being changed by %s; %s s were waited for it, and nothing was written. Maybe try again later."
                                .formatted(file, attempt.owner(), seconds(patience)));
            }
            if (!told) {
                told = true;
                waiting.accept("%s is being changed by %s; waiting up to %s s for it."
                        .formatted(file, attempt.owner(), seconds(patience)));
            }
            pause(file);
        }
    }

    private static String seconds(Duration patience) {
        return BigDecimal.valueOf(patience.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** Whether others are kept out: not where the file system has no locks. */
    public boolean isHeld() {
        return claim.isPresent();
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        try {
            if (claim.isPresent()) {
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException e) {
            // An empty lock file stays; it is nobody's.
        } finally {
            claim.ifPresent(Claim::close);
            ownership.end();
        }
    }

    static boolean isLockFile(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(".") && name.endsWith(SUFFIX) && name.length() > SUFFIX.length() + 1;
    }

    /** Removes a lock file whose owner is dead. */
    static void removeAbandoned(Path lockFile) {
        try {
            attempt(lockFile, lockFile).lock().ifPresent(OwnerLock::close);
        } catch (OutputException e) {
            // Another user's; it harms nobody.
        }
    }

    private static Path lockFile(Path file) {
        try {
            Path real = RealPath.of(file);
            return real.resolveSibling("." + real.getFileName() + SUFFIX);
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    private static void pause(Path file) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException("%s: waiting for its owner was interrupted; nothing was written.".formatted(file));
        }
    }

    private static Attempt attempt(Path file, Path lockFile) {
        Optional<Ownership> ownership = Ownership.announceAlone(lockFile);
        if (ownership.isEmpty()) {
            return new Attempt(Optional.empty(), "another thread of this process");
        }
        boolean kept = false;
        try {
            FileChannel channel = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Attempt attempt = attempt(lockFile, ownership.get(), channel);
            kept = attempt.lock().isPresent();
            return attempt;
        } catch (AccessDeniedException e) {
            if (Files.exists(lockFile)) {
                return new Attempt(Optional.empty(), "another user");
            }
            throw unmakable(file, lockFile, e);
        } catch (IOException e) {
            throw unmakable(file, lockFile, e);
        } finally {
            if (!kept) {
                ownership.get().end();
            }
        }
    }

    private static OutputException unmakable(Path file, Path lockFile, IOException cause) {
        return new OutputException(
                "%s cannot be changed: its lock file %s cannot be made: %s. Maybe change the folder's permissions."
                        .formatted(file, lockFile, Inputs.reason(cause)),
                cause);
    }

    private static Attempt attempt(Path lockFile, Ownership ownership, FileChannel channel) throws IOException {
        boolean kept = false;
        try {
            boolean locked;
            try {
                locked = Ownership.tryLock(channel);
            } catch (IOException e) { // no locks here
                Files.deleteIfExists(lockFile);
                return new Attempt(Optional.of(new OwnerLock(lockFile, ownership, Optional.empty())), "");
            }
            if (!locked) {
                return new Attempt(Optional.empty(), owner(channel));
            }
            Optional<FileChannel> seen = seen(lockFile, channel);
            kept = seen.isPresent();
            return new Attempt(
                    seen.map(second -> new OwnerLock(lockFile, ownership, Optional.of(new Claim(channel, second)))),
                    "another process");
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    /** A second channel by the name, if what is there is the file that is locked, and not another that came after it. */
    private static Optional<FileChannel> seen(Path lockFile, FileChannel channel) throws IOException {
        String text = "process %d, since %s (%s)"
                .formatted(
                        ProcessHandle.current().pid(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        UUID.randomUUID());
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        FileChannel second;
        try {
            second = FileChannel.open(lockFile, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (text(second).equals(text)) {
            String hidden = String.valueOf(lockFile.getFileName());
            String name = hidden.substring(1, hidden.length() - SUFFIX.length());
            Attributes.keep(lockFile.resolveSibling(name), lockFile); // who may change the file may take its lock over
            return Optional.of(second);
        }
        second.close();
        return Optional.empty();
    }

    private static String owner(FileChannel channel) {
        try {
            String text = text(channel).replaceAll(" \\([^)]*\\)$", "");
            return text.matches("process \\d+, since [-0-9T:Z]+") ? text : "another process";
        } catch (IOException e) {
            return "another process";
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_TEXT);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
}
