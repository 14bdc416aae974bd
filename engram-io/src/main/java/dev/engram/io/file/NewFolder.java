package dev.engram.io.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A folder being filled: every file in it goes through the store, and is on the disk before the folder appears. */
public final class NewFolder {
    private static final int BUFFER = 1 << 16;

    private final FileStore store;
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    NewFolder(FileStore store, Path folder) {
        this.store = store;
        this.folder = folder;
        folders.add(folder);
    }

    /** Writes a file in UTF-8; see {@link #write(String, IOConsumer)}. */
    public void write(String path, String content) throws IOException {
        write(path, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes a file.
     *
     * @param path within the folder; folders on the way are made
     */
    public void write(String path, IOConsumer<OutputStream> content) throws IOException {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder)) {
            throw new IllegalArgumentException("The path %s leads out of the folder.".formatted(path));
        }
        createFolders(Objects.requireNonNull(file.getParent()));
        try (OutputStream out = new BufferedOutputStream(store.create(file), BUFFER)) {
            content.accept(out);
        }
        files.add(file);
    }

    private void createFolders(Path inner) throws IOException {
        for (Path at = folder; !at.equals(inner); ) {
            at = at.resolve(inner.getName(at.getNameCount()));
            if (folders.add(at)) {
                store.createFolder(at);
            }
        }
    }

    /** Returns when all that was written is on the disk: together at the end, which costs a disk less than one by one. */
    void force() throws IOException {
        for (Path file : files) {
            store.force(file);
        }
        for (Path inner : folders) {
            store.forceFolder(inner);
        }
    }
}
