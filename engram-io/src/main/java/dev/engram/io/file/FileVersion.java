package dev.engram.io.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Which of the files that were at a path in the course of time it is: to see whether it was replaced or changed since it was read.
 *
 * @param key the file system's own, or an empty text where it has none
 */
public record FileVersion(String key, long size, FileTime modified) {
    /** @throws InputException if there is none, or it may not be looked at */
    public static FileVersion of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            return new FileVersion(key == null ? "" : key.toString(), attributes.size(), attributes.lastModifiedTime());
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }
}
