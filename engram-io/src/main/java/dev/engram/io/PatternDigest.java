package dev.engram.io;

import dev.engram.io.file.Digests;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.security.MessageDigest;
import java.util.List;

/**
 * Says which data patterns are. SHA-256 (hexadecimal) over: rank, dimensions, number of patterns (32-bit integers), then every value (32-bit
 * float), all little-endian; equal digests mean equal patterns in equal order.
 */
final class PatternDigest {
    private final MessageDigest digest = Digests.sha256();

    PatternDigest(Shape shape, int count) {
        List<Integer> dimensions = shape.dimensions();
        Digests.add(digest, dimensions.size());
        Digests.add(digest, dimensions.stream().mapToInt(d -> d).toArray());
        Digests.add(digest, count);
    }

    /** The next patterns. */
    void add(Matrix patterns) {
        Digests.add(digest, patterns.data());
    }

    /** Of all that were added; to be asked once. */
    String hex() {
        return Digests.hex(digest);
    }
}
