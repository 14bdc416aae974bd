package dev.engram.io.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Optional;
import java.util.Set;

/** A file of the real file system that is being written, owned until it is closed. */
final class OwnedFile extends NewFile {
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final Ownership ownership;

    private OwnedFile(FileChannel channel, Ownership ownership) {
        this.channel = channel;
        this.ownership = ownership;
    }

    static OwnedFile create(Path file, FileAttribute<?>... attributes) throws IOException {
        Ownership ownership = Ownership.announce(file);
        try {
            while (true) {
                FileChannel channel = FileChannel.open(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
                try {
                    ownership.lock(channel);
                    if (Files.exists(file)) {
                        return new OwnedFile(channel, ownership);
                    }
                    channel.close(); // Removed as abandoned between its creation and the lock.
                } catch (IOException | RuntimeException e) {
                    channel.close();
                    throw e;
                }
            }
        } catch (IOException | RuntimeException e) {
            ownership.end();
            throw e;
        }
    }

    /** {@link FileStore#reopen}. */
    static Optional<NewFile> reopen(Path file, FileStore.Kept kept) throws IOException {
        Optional<Ownership> ownership = Ownership.announceAlone(file);
        if (ownership.isEmpty()) {
            return Optional.empty();
        }
        Optional<NewFile> reopened = Optional.empty();
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                reopened = reopen(file, channel, kept).map(length -> new OwnedFile(channel, ownership.get()));
            } finally {
                if (reopened.isEmpty()) {
                    channel.close();
                }
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } finally {
            if (reopened.isEmpty()) {
                ownership.get().end();
            }
        }
        return reopened;
    }

    private static Optional<Long> reopen(Path file, FileChannel channel, FileStore.Kept kept) throws IOException {
        if (!Ownership.isFree(channel, file) || !Files.exists(file)) { // or moved away by its owner before the lock
            return Optional.empty();
        }
        long length = kept.bytes(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
        if (length < 0) {
            return Optional.empty();
        }
        channel.truncate(length);
        channel.position(length);
        channel.force(true);
        return Optional.of(length);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            ownership.end();
        }
    }
}
