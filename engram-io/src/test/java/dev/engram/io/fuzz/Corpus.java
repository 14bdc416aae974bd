package dev.engram.io.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.engram.io.TestFiles;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Small files that are as they should be, a few for each reader, made by code: what fuzzers start from. */
final class Corpus {
    private static final Path KEPT = Path.of("src", "test", "resources", "kept", "0.1");

    private Corpus() {}

    static List<byte[]> of(Reader reader, Path folder) throws IOException {
        return switch (reader) {
            case NPY -> arrays();
            case NPZ -> archives(folder);
            case IDX -> List.of(idx());
            case GZIP -> List.of(gzip(idx()), gzip(idx(), new byte[0]));
            case CIFAR -> List.of(new byte[3073], new byte[2 * 3073]);
            case PICTURE -> pictures(folder);
            case TABLE -> tables();
            case PICKLE -> pickles();
            case SAFETENSORS, MEMORY -> memories(folder, ".engram");
            case CHECKPOINT -> memories(folder, ".safetensors");
            case NAMES -> List.of("one\ntwo\nthree\n".getBytes(UTF_8), "\uFEFFä\r\nb\r\n猫".getBytes(UTF_8));
            case PAYLOAD -> List.of("{\"a\": [1, 2.5e3]}\nnull\n\"x\\u00e4\"\n".getBytes(UTF_8));
        };
    }

    private static List<byte[]> arrays() {
        List<byte[]> all = new ArrayList<>();
        all.add(TestFiles.npy(TestFiles.dict("|u1", "(2, 2, 3)"), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        all.add(TestFiles.npy(TestFiles.dict("<f4", "(1, 2)"), 0, 0, 0x80, 0x3f, 0, 0, 0, 0xbf));
        all.add(TestFiles.npy(TestFiles.dict(">i2", "(2, 1)"), 0, 1, 0xff, 0xff));
        all.add(TestFiles.npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 1), }", new int[16]));
        return all;
    }

    private static List<byte[]> archives(Path folder) throws IOException {
        Path one = TestFiles.npz(folder.resolve("one.npz"), "images.npy", arrays().get(0));
        byte[] names = TestFiles.npy(TestFiles.dict("<U1", "(2,)"), 'a', 0, 0, 0, 'b', 0, 0, 0);
        byte[] labels = TestFiles.npy(TestFiles.dict("<i8", "(2,)"), new int[16]);
        Path three = TestFiles.npz(
                folder.resolve("three.npz"), "images.npy", arrays().get(2), "names.npy", names, "labels.npy", labels);
        return List.of(Files.readAllBytes(one), Files.readAllBytes(three));
    }

    private static byte[] idx() {
        return TestFiles.bytes(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    private static byte[] gzip(byte[]... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] member : members) {
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(member);
            }
        }
        return out.toByteArray();
    }

    private static List<byte[]> pictures(Path folder) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (String format : List.of("png", "jpg", "gif", "bmp")) {
            Path file = folder.resolve("picture." + format);
            all.add(Files.readAllBytes(TestFiles.rgb(file, 6, 5, 10, 100, 200)));
            all.add(Files.readAllBytes(TestFiles.grey(file, 3, 9, 77)));
        }
        Path file = folder.resolve("picture.png");
        all.add(Files.readAllBytes(TestFiles.picture(file, 3, 2, BufferedImage.TYPE_4BYTE_ABGR, 1, 2, 3, 4)));
        all.add(Files.readAllBytes(TestFiles.picture(file, 3, 2, BufferedImage.TYPE_USHORT_GRAY, 40_000)));
        all.add(Files.readAllBytes(TestFiles.picture(file, 9, 2, BufferedImage.TYPE_BYTE_BINARY, 1)));
        return all;
    }

    private static List<byte[]> tables() {
        return List.of(
                "name,size,kind\nfirst,1.5,a\nsecond,,b\n\"third, \"\"x\"\"\",-2e3,a\n".getBytes(UTF_8),
                "1\t2\n3\t4\nNA\t5\n".getBytes(UTF_8),
                "\uFEFFa,b\r\n1,2\r\n3,?\r\n".getBytes(UTF_16LE));
    }

    /** Protocols 0 and 2: {'data': an array of bytes, [2, 3]}. */
    private static List<byte[]> pickles() {
        String first = "(dp0\nVdata\np1\ncnumpy.core.multiarray\n_reconstruct\np2\n(cnumpy\nndarray\np3\n(I0\ntp4\n"
                + "S'b'\np5\ntp6\nRp7\n(I1\n(I2\nI3\ntp8\ncnumpy\ndtype\np9\n(S'u1'\nI00\nI01\ntp10\nRp11\n(I3\nS'|'\n"
                + "NNNI-1\nI-1\nI0\ntp12\nbI00\nS'\\x00\\x01\\x02\\x03\\x04\\x05'\np13\ntp14\nbs.";
        String second = "\u0080\u0002}q\u0001(U\u0004datacnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n"
                + "K\u0000\u0085U\u0001b\u0087R(K\u0001K\u0002K\u0003\u0086cnumpy\ndtype\nU\u0002u1K\u0000K\u0001\u0087R"
                + "(K\u0003U\u0001|NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb\u0089"
                + "T\u0006\u0000\u0000\u0000\u0000\u0001\u0002\u0003\u0004\u0005tbU\u0006labels]q\u0002(K\u0003K\u0004eu.";
        return List.of(first.getBytes(ISO_8859_1), second.getBytes(ISO_8859_1));
    }

    private static List<byte[]> memories(Path folder, String suffix) throws IOException {
        List<byte[]> all = new ArrayList<>();
        Path file = folder.resolve("own.safetensors");
        Safetensors.write(
                file,
                List.of(NamedTensor.ofFloats("a", new long[] {2, 1}, 1, 2), NamedTensor.ofLongs("b", new long[] {}, 3)),
                Map.of("name", "value"));
        all.add(Files.readAllBytes(file));
        try (var kept = Files.list(KEPT)) {
            for (Path one :
                    kept.filter(f -> f.toString().endsWith(suffix)).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(one);
                if (bytes.length < 2_500) {
                    all.add(bytes);
                }
            }
        }
        // Without checksums, so that what is behind them is reached.
        all.add(unchecked("{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}", 0, 60));
        all.add(unchecked(
                "{\"__metadata__\":{\"k\":\"v\"},\"a\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}",
                0,
                1));
        return all;
    }

    private static byte[] unchecked(String header, int... data) {
        byte[] bytes = Arrays.copyOf(TestFiles.bytes(header.length()), Long.BYTES + header.length() + data.length);
        System.arraycopy(header.getBytes(ISO_8859_1), 0, bytes, Long.BYTES, header.length());
        System.arraycopy(TestFiles.bytes(data), 0, bytes, Long.BYTES + header.length(), data.length);
        return bytes;
    }
}
