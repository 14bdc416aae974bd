package dev.engram.linalg.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The libraries between Java and OpenBLAS, which netlib unpacks into the system's temporary folder at every start and deletes at the end, but not
 * when it is killed. Once one is loaded, Linux needs its file no more: it is deleted at once, and what killed runs left with it.
 */
public final class GlueFiles {
    private static final Pattern NAME = Pattern.compile("libnetlib(blas|lapack)jni\\d+\\.so");
    private static final Pattern MAPPED = Pattern.compile("^\\S+ \\S+ \\S+ \\S+ \\S+ +(/.*)$");

    /** Longer than unpacking and loading take: a file this old is loaded, or its run is dead. */
    private static final Duration OLD = Duration.ofSeconds(20);

    private GlueFiles() {}

    /** Deletes the files of the libraries that are loaded, and old ones of this user; without effect elsewhere than on Linux. */
    public static void remove() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        removeLoaded(folder, Path.of("/proc/self/maps"));
        removeOld(folder, Instant.now().minus(OLD));
    }

    static void removeLoaded(Path folder, Path maps) {
        if (!Files.isReadable(maps)) {
            return;
        }
        try {
            Path real = folder.toRealPath();
            // Names of other programs' files may have any bytes; each is a character here.
            List<String> lines = Files.readAllLines(maps, StandardCharsets.ISO_8859_1);
            for (String line : lines) {
                Matcher mapped = MAPPED.matcher(line);
                if (mapped.matches() && line.contains("libnetlib")) {
                    Path file = Path.of(mapped.group(1));
                    if (isGlue(file) && real.equals(file.getParent())) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            // Java deletes them at the end, if it comes to that.
        }
    }

    static void removeOld(Path folder, Instant before) {
        if (!Files.isReadable(Path.of("/proc/self/maps"))) { // elsewhere a loaded library needs its file
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "libnetlib*jni*.so")) {
            String user = System.getProperty("user.name", "");
            for (Path file : files) {
                if (isGlue(file)
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(file).getName().equals(user)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            // The next start tries again.
        }
    }

    private static boolean isGlue(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }
}
