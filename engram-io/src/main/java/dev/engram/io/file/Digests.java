package dev.engram.io.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as this package uses it: lower-case hexadecimal, numbers in little-endian bytes. */
public final class Digests {
    /** Characters in a digest. */
    public static final int LENGTH = 64;

    private static final int BLOCK = 16_384;

    private Digests() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256.", e);
        }
    }

    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of texts, each with its length before it. */
    public static String ofText(String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            add(digest, bytes.length);
            digest.update(bytes);
        }
        return hex(digest);
    }

    public static void add(MessageDigest digest, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putInt(value);
        }
        digest.update(buffer.flip());
    }

    public static void add(MessageDigest digest, float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += BLOCK) {
            int count = Math.min(BLOCK, values.length - from);
            buffer.clear().asFloatBuffer().put(values, from, count);
            digest.update(buffer.limit(count * Float.BYTES));
        }
    }
}
