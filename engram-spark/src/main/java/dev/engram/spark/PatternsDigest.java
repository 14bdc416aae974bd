package dev.engram.spark;

import dev.engram.io.file.Digests;
import dev.engram.linalg.Matrix;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Iterator;

/**
 * Says which data patterns are, however they are partitioned: the sum of the SHA-256 of every pattern with its number, modulo 2²⁵⁶. Equal digests
 * mean equal patterns in equal order; they are other digests than those of patterns that were read from a file.
 */
final class PatternsDigest {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private PatternsDigest() {}

    /** Of some blocks. */
    static byte[] of(Iterator<PatternBlock> blocks, int first) {
        BigInteger sum = BigInteger.ZERO;
        int number = first;
        while (blocks.hasNext()) {
            Matrix block = blocks.next().patterns();
            for (int i = 0; i < block.rows(); i++, number++) {
                MessageDigest digest = Digests.sha256();
                Digests.add(digest, number);
                Digests.add(digest, block.row(i));
                sum = sum.add(new BigInteger(1, digest.digest()));
            }
        }
        return sum.mod(MODULUS).toByteArray();
    }

    static byte[] joined(byte[] one, byte[] other) {
        return new BigInteger(one).add(new BigInteger(other)).mod(MODULUS).toByteArray();
    }

    /** As text, of that many patterns. */
    static String hex(byte[] sum, int count, int values) {
        return Digests.ofText(new BigInteger(sum).toString(16), String.valueOf(count), String.valueOf(values));
    }
}
