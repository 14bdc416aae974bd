package dev.engram.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** Turns what is to be computed elsewhere, and its result, into bytes and back: whichever serialiser a Spark session uses, which may not know records. */
final class Shipped {
    private Shipped() {}

    static byte[] bytes(Serializable object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is memory
        }
        return bytes.toByteArray();
    }

    /** @param <T> what was made to bytes by this class */
    @SuppressWarnings("unchecked") // the caller knows what it sent
    static <T extends Serializable> T object(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (T) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "The executor does not know the class %s. Maybe the driver has another version of Engram."
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
