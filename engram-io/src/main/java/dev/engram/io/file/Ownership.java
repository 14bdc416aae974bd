package dev.engram.io.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose a file is while it is written: of the process that holds the system's lock on it, which ends with the process.
 *
 * <p>A process loses its lock on a file when it closes any channel to it. So what is owned by this process is known by name, and never opened a
 * second time.
 */
final class Ownership {
    /** Where the one locked byte is: far behind all content, so that it may be read where locks are mandatory. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    private static final Duration OLD = Duration.ofDays(1);
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;

    private Ownership(Path file) {
        this.file = file;
    }

    /** Something done with a file that nobody owns any more, while nobody can. */
    interface Act {
        void run() throws IOException;
    }

    /** Says that this process is about to own the file. */
    static Ownership announce(Path file) {
        Path key = file.toAbsolutePath();
        OURS.add(key);
        return new Ownership(key);
    }

    /** The same, if no other thread of this process does. */
    static Optional<Ownership> announceAlone(Path file) {
        Path key = file.toAbsolutePath();
        return OURS.add(key) ? Optional.of(new Ownership(key)) : Optional.empty();
    }

    /** Makes the channel's file this process's own, for others to see; without effect where there are no locks. */
    void lock(FileChannel channel) {
        try {
            tryLock(channel);
        } catch (IOException e) {
            // No locks here: others will wait a day before they take it for abandoned.
        }
    }

    /** Whether the file is now locked by this channel; the lock lasts until the channel is closed. */
    static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(PLACE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    void end() {
        OURS.remove(file);
    }

    /** Whether the file has an owner that lives. */
    static boolean isOwned(Path file) throws IOException {
        return Files.exists(file) && !ifAbandoned(file, () -> {});
    }

    /**
     * Acts on a file whose owner is dead.
     *
     * @return false, with nothing done, if it is owned, or not there
     */
    static boolean ifAbandoned(Path file, Act act) throws IOException {
        if (OURS.contains(file.toAbsolutePath())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (!isFree(channel, file)) {
                return false;
            }
            act.run();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether nobody owns the file, which the channel then does; where there are no locks, whether it did not change for a day. */
    static boolean isFree(FileChannel channel, Path file) throws IOException {
        try {
            return tryLock(channel);
        } catch (IOException e) {
            FileTime last = Files.getLastModifiedTime(file);
            return last.toInstant().isBefore(Instant.now().minus(OLD));
        }
    }
}
