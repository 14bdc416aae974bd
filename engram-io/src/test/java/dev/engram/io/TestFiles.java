package dev.engram.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Files built byte by byte, independently of the writers under test. */
public final class TestFiles {
    private TestFiles() {}

    /** A .npy file of version 1.0 with that dict and data. */
    public static byte[] npy(String dict, int... data) {
        byte[] header = (dict + "\n").getBytes(ISO_8859_1);
        ByteBuffer out = ByteBuffer.allocate(10 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x93).put("NUMPY".getBytes(ISO_8859_1)).put((byte) 1).put((byte) 0);
        out.putShort((short) header.length).put(header).put(bytes(data));
        return out.array();
    }

    public static String dict(String descr, String shape) {
        return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shape);
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    public static Path npz(Path file, Object... namesAndBytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndBytes.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
                zip.write((byte[]) namesAndBytes[i + 1]);
                zip.closeEntry();
            }
        }
        return file;
    }

    /** A picture of one colour. */
    public static Path picture(Path file, int width, int height, int type, int... samples) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setPixel(x, y, samples);
            }
        }
        String name = file.getFileName().toString();
        String format = name.substring(name.lastIndexOf('.') + 1);
        if (!ImageIO.write(image, format, file.toFile())) {
            throw new IOException("no writer for " + file);
        }
        return file;
    }

    public static Path grey(Path file, int width, int height, int value) throws IOException {
        return picture(file, width, height, BufferedImage.TYPE_BYTE_GRAY, value);
    }

    public static Path rgb(Path file, int width, int height, int r, int g, int b) throws IOException {
        return picture(file, width, height, BufferedImage.TYPE_3BYTE_BGR, r, g, b);
    }

    public static PatternSet read(Path path) {
        return PatternReader.read(path, ReadOptions.defaults());
    }
}
