package dev.engram.io.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** A new file of the real file system, owned until it is closed. */
final class OwnedFile extends NewFile {
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
