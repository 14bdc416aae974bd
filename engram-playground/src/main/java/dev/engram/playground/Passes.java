package dev.engram.playground;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the names of sessions, and knows one of its own again without keeping any: a name is random and sealed.
 *
 * <pre>
 * name := base64url(random of 12 bytes, first 12 bytes of HMAC-SHA-256(key, random))
 * </pre>
 *
 * Who knows a name may use that session, and begin another: it stands in addresses, which browsers keep to the one port they lead to,
 * and not in a cookie, which they send to every port of the host.
 */
final class Passes {
    private static final String SEAL = "HmacSHA256";
    private static final int PART = 12;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    Passes() {
        byte[] secret = new byte[2 * PART];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, SEAL);
    }

    /** A new name. */
    String next() {
        byte[] part = new byte[PART];
        random.nextBytes(part);
        byte[] name = ByteBuffer.allocate(2 * PART).put(part).put(seal(part)).array();
        return Base64.getUrlEncoder().encodeToString(name);
    }

    /** Whether this is a name made here, of a session that may have ended. */
    boolean isOurs(String name) {
        return decoded(name)
                .filter(bytes -> bytes.length == 2 * PART)
                .filter(bytes -> MessageDigest.isEqual(
                        seal(Arrays.copyOf(bytes, PART)), Arrays.copyOfRange(bytes, PART, 2 * PART)))
                .isPresent();
    }

    private static Optional<byte[]> decoded(String name) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] seal(byte[] part) {
        try {
            Mac mac = Mac.getInstance(SEAL);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(part), PART);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no " + SEAL + ".", e);
        }
    }
}
