package dev.engram.io.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.Python;
import dev.engram.io.TestFiles;
import dev.engram.io.file.Bounds;
import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static final List<NamedTensor> TENSORS = List.of(
            NamedTensor.ofBytes("mask", new long[] {3}, (byte) 1, (byte) 0, (byte) -1),
            NamedTensor.ofFloats("layers.0.weight", new long[] {2, 2}, 1, -2.5f, Float.MIN_VALUE, Float.NaN),
            NamedTensor.ofDoubles("gram", new long[] {1}, Math.PI),
            NamedTensor.ofInts("i", new long[] {}, 7),
            NamedTensor.ofLongs("l", new long[] {2}, Long.MIN_VALUE, 5),
            NamedTensor.ofFloats("empty", new long[] {0, 4}));

    @TempDir
    Path folder;

    private Path written() {
        Path file = folder.resolve("m.engram");
        Safetensors.write(file, TENSORS, Map.of("model", "{\"layers\": [2, 2]}", "name", "Zoë \u0001"));
        return file;
    }

    private Path file(String json, int... data) throws IOException {
        byte[] header = json.getBytes(UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(header.length).put(header).put(TestFiles.bytes(data));
        return Files.write(folder.resolve("f.safetensors"), out.array());
    }

    @Test
    void whatIsWrittenComesBack() {
        SafetensorsFile read = Safetensors.read(written());

        assertThat(read.verified()).isTrue();
        assertThat(read.metadata())
                .containsOnly(Map.entry("model", "{\"layers\": [2, 2]}"), Map.entry("name", "Zoë \u0001"));
        assertThat(read.floats("layers.0.weight", 2, 2)).containsExactly(1, -2.5f, Float.MIN_VALUE, Float.NaN);
        assertThat(read.doubles("gram", 1)).containsExactly(Math.PI);
        assertThat(read.ints("i")).containsExactly(7);
        assertThat(read.longs("l", 2)).containsExactly(Long.MIN_VALUE, 5);
        assertThat(read.bytes("mask", 3)).containsExactly(1, 0, -1);
        assertThat(read.floats("empty", 0, 4)).isEmpty();
    }

    @Test
    void bytesAreThoseOfTheFormat() throws IOException {
        Path file = folder.resolve("a.engram");
        Safetensors.write(file, List.of(NamedTensor.ofFloats("w", new long[] {1}, -2.5f)), Map.of());

        byte[] bytes = Files.readAllBytes(file);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(bytes, 8, length, UTF_8);
        assertThat(length % 8).isZero();
        assertThat(header)
                .startsWith("{\"__metadata__\":{\"format_version\":\"1\",\"header_checksum\":\"")
                // hashlib.sha256(struct.pack('<f', -2.5)).hexdigest()
                .contains("\"checksum.w\":\"2f90de89a933bd8118953f22550293198c812014b434e29d79bcdea4cb34c56a\"")
                .contains("\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}");
        assertThat(Arrays.copyOfRange(bytes, 8 + length, bytes.length)).isEqualTo(TestFiles.bytes(0, 0, 0x20, 0xc0));
    }

    @Test
    void everyElementIsAligned() throws IOException {
        byte[] bytes = Files.readAllBytes(written());
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat((8 + length) % 8).isZero();
        List<Integer> widths = Safetensors.read(folder.resolve("m.engram")).tensors().stream()
                .filter(t -> t.data().length() > 0)
                .map(t -> t.dtype().bytes())
                .toList();
        assertThat(widths).containsExactly(8, 8, 4, 4, 1);
    }

    @Test
    void flippedBitAnywhereIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path file = folder.resolve("flipped.engram");
        for (int at = 0; at < whole.length; at++) {
            for (int bit = at % 97 == 0 ? 0 : at % 8; bit < (at % 97 == 0 ? 8 : at % 8 + 1); bit++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << bit);
                Files.write(file, flipped);
                assertThatThrownBy(() -> Safetensors.read(file))
                        .as("bit %d of byte %d", bit, at)
                        .isInstanceOf(MemoryFileException.class)
                        .hasMessageContaining("flipped.engram");
            }
        }
    }

    @Test
    void truncationAtEveryLengthIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path file = folder.resolve("part.engram");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(file))
                    .as("%d bytes", length)
                    .isInstanceOf(MemoryFileException.Corrupt.class)
                    .hasMessageContaining("truncated");
        }
    }

    @Test
    void addedBytesAreFound() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path file = Files.write(folder.resolve("long.engram"), Arrays.copyOf(whole, whole.length + 1));

        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(MemoryFileException.Corrupt.class);
    }

    @Test
    void pythonsFileIsForeignButCanBeReadLeniently() throws IOException {
        // safetensors.numpy.save({'w': [[1.5, -2]] f4, 'h': [0.5, 1] f2, 'm': [True, False], 'i': [1, -1] i8},
        //                        metadata={'who': 'python'}), version 0.8.0
        byte[] bytes = HexFormat.of()
                .parseHex("00010000000000007b225f5f6d657461646174615f5f223a7b2277686f223a22707974686f6e227d2c2269223a"
                        + "7b226474797065223a22493634222c227368617065223a5b325d2c22646174615f6f666673657473223a5b302c"
                        + "31365d7d2c2277223a7b226474797065223a22463332222c227368617065223a5b312c325d2c22646174615f6f"
                        + "666673657473223a5b31362c32345d7d2c2268223a7b226474797065223a22463136222c227368617065223a5b"
                        + "325d2c22646174615f6f666673657473223a5b32342c32385d7d2c226d223a7b226474797065223a22424f4f4c"
                        + "222c227368617065223a5b325d2c22646174615f6f666673657473223a5b32382c33305d7d7d20010000000000"
                        + "0000ffffffffffffffff0000c03f000000c00038003c0100");
        Path file = Files.write(folder.resolve("python.safetensors"), bytes);

        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(MemoryFileException.Foreign.class);
        SafetensorsFile read = Safetensors.readAny(file);
        assertThat(read.verified()).isFalse();
        assertThat(read.metadata()).containsExactly(Map.entry("who", "python"));
        assertThat(read.floats("w", 1, 2)).containsExactly(1.5f, -2);
        assertThat(read.floats("h", 2)).containsExactly(0.5f, 1);
        assertThat(read.longs("i", 2)).containsExactly(1, -1);
        assertThat(read.bytes("m", 2)).containsExactly(1, 0);
    }

    @Test
    void pythonReadsWhatWasWritten() throws Exception {
        Path file = written();

        String seen = Python.run(folder, List.of("numpy", "safetensors"), """
                from safetensors import safe_open
                with safe_open(sys.argv[1], framework="np") as f:
                    for name in sorted(f.keys()):
                        t = f.get_tensor(name)
                        print(name, t.dtype, t.shape, t.ravel().tolist())
                    print(ascii(f.metadata()["name"]), f.metadata()["format_version"])
                """, file);

        assertThat(seen.lines())
                .containsExactly(
                        "empty float32 (0, 4) []",
                        "gram float64 (1,) [3.141592653589793]",
                        "i int32 () [7]",
                        "l int64 (2,) [-9223372036854775808, 5]",
                        "layers.0.weight float32 (2, 2) [1.0, -2.5, 1.401298464324817e-45, nan]",
                        "mask uint8 (3,) [1, 0, 255]",
                        "'Zo\\xeb \\x01' 1");
    }

    @Test
    void bfloat16IsWidened() throws IOException {
        Path file = file("{\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}", 0x80, 0x3f, 0x20, 0xc0);

        assertThat(Safetensors.readAny(file).floats("b", 2)).containsExactly(1, -2.5f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}; begins at byte 1",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}; begins at byte 1",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}; are there",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[3,0]}}; begins at byte 3",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,3]}}; its shape needs 12",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[-3],\"data_offsets\":[0,3]}}; negative number",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4000000000,4000000000],\"data_offsets\":[0,3]}}; impossible shape",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[99999999999999999999],\"data_offsets\":[0,3]}}; not JSON",
                "{\"a\":{\"dtype\":\"Q9\",\"shape\":[3],\"data_offsets\":[0,3]}}; unknown dtype 'Q9'",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3]}}; incomplete",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3],\"evil\":1}}; unknown entry 'evil'",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"a\":{}}; two entries called 'a'",
                "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}; two entries called 'k'",
                "{\"__metadata__\":{\"k\":1}}; where VALUE_STRING was expected",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}} x; header",
                "{\"a\":[[[[; header",
                "{nonsense; not JSON"
            })
    void headersThatDoNotAgreeWithTheDataAreCorrupt(String json, String expected) throws IOException {
        Path file = file(json, 1, 2, 3);

        assertThatThrownBy(() -> Safetensors.readAny(file))
                .isInstanceOf(MemoryFileException.Corrupt.class)
                .hasMessageContaining("f.safetensors")
                .hasMessageContaining(expected);
    }

    private static String ones(int count) {
        return String.join(",", Collections.nCopies(count, "1"));
    }

    /** As many as the bounds allow are read; one more is named. */
    @Test
    void whatIsCountedInAHeaderIsBounded() throws IOException {
        String tensor = "{\"a\":{\"dtype\":\"U8\",\"shape\":[%s],\"data_offsets\":[0,1]}}";
        assertThat(Safetensors.readAny(file(tensor.formatted(ones(Bounds.DIMENSIONS)), 9))
                        .tensor("a")
                        .shape())
                .hasSize(Bounds.DIMENSIONS);
        Path deeper = file(tensor.formatted(ones(Bounds.DIMENSIONS + 1)), 9);
        assertThatThrownBy(() -> Safetensors.readAny(deeper)).hasMessageContaining("more than 64 dimensions");
        Path text = file("{\"a\":{\"dtype\":\"U8\",\"shape\":\"1\",\"data_offsets\":[0,1]}}", 9);
        assertThatThrownBy(() -> Safetensors.readAny(text)).hasMessageContaining("where START_ARRAY was expected");
        Path fraction = file("{\"a\":{\"dtype\":\"U8\",\"shape\":[1.5],\"data_offsets\":[0,1]}}", 9);
        assertThatThrownBy(() -> Safetensors.readAny(fraction)).hasMessageContaining("VALUE_NUMBER_INT was expected");
        Path further = file("{\"__metadata__\":{%s}}"
                .formatted(IntStream.rangeClosed(0, Bounds.ENTRIES)
                        .mapToObj("\"%d\":\"\""::formatted)
                        .collect(Collectors.joining(","))));
        assertThatThrownBy(() -> Safetensors.readAny(further)).hasMessageContaining("more than 100,000 entries");
    }

    @Test
    void moreThanCanBeReadAgainIsNotWritten() {
        Path file = folder.resolve("x.engram");
        List<NamedTensor> many = IntStream.rangeClosed(0, Bounds.TENSORS)
                .mapToObj(i -> NamedTensor.ofInts("t" + i, new long[] {0}))
                .toList();
        assertThatThrownBy(() -> Safetensors.write(file, many, Map.of())).hasMessageContaining("number of tensors");
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < Bounds.ENTRIES - 2; i++) {
            entries.put("k" + i, "");
        }
        List<NamedTensor> one = many.subList(0, 1);
        assertThatThrownBy(() -> Safetensors.write(file, one, entries)).hasMessageContaining("number of entries");
        assertThat(file).doesNotExist();
    }

    @Test
    void otherFilesAreForeign() throws IOException {
        Path text = Files.writeString(folder.resolve("a.engram"), "just some text that is long enough");
        Path huge = Files.write(
                folder.resolve("b.engram"), TestFiles.bytes(255, 255, 255, 255, 255, 255, 255, 127, '{', '}'));

        assertThatThrownBy(() -> Safetensors.read(text)).isInstanceOf(MemoryFileException.Foreign.class);
        assertThatThrownBy(() -> Safetensors.read(huge)).isInstanceOf(MemoryFileException.Foreign.class);
        assertThatThrownBy(() -> Safetensors.read(folder)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Safetensors.read(folder.resolve("no"))).isInstanceOf(InputException.class);
    }

    @Test
    void laterVersionIsTooNew() throws IOException {
        Path file = file("{\"__metadata__\":{\"format_version\":\"2\",\"header_checksum\":\"0\"}}");

        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(MemoryFileException.TooNew.class)
                .hasMessageContaining("format version 2")
                .hasMessageContaining("Maybe update Engram");
    }

    @Test
    void missingOrUnexpectedTensorsAreNamed() {
        SafetensorsFile read = Safetensors.read(written());

        assertThat(read.has("gram")).isTrue();
        assertThat(read.has("nope")).isFalse();
        assertThat(read.metadata("name")).isEqualTo("Zoë \u0001");
        assertThatThrownBy(() -> read.tensor("nope"))
                .isInstanceOf(MemoryFileException.Foreign.class)
                .hasMessageContaining("nope");
        assertThatThrownBy(() -> read.floats("gram", 1)).hasMessageContaining("Floats of shape [1] was expected");
        assertThatThrownBy(() -> read.doubles("gram", 2)).hasMessageContaining("gram is F64 [1]");
        assertThatThrownBy(() -> read.metadata("nope")).isInstanceOf(MemoryFileException.Foreign.class);
    }

    @Test
    void tensorsLongerThanABlockKeepTheirOrder() {
        float[] floats = new float[40_003];
        long[] longs = new long[40_003];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = i;
            longs[i] = -i;
        }
        Path file = folder.resolve("long.engram");
        Safetensors.write(
                file,
                List.of(
                        NamedTensor.ofFloats("f", new long[] {40_003}, floats),
                        NamedTensor.ofLongs("l", new long[] {40_003}, longs)),
                Map.of());

        SafetensorsFile read = Safetensors.read(file);

        assertThat(read.floats("f", 40_003)).isEqualTo(floats);
        assertThat(read.longs("l", 40_003)).isEqualTo(longs);
    }

    @Test
    void misuseOfTheWriterIsRefused() {
        Path file = folder.resolve("x.engram");
        NamedTensor tensor = NamedTensor.ofInts("t", new long[] {1}, 1);

        assertThatThrownBy(() -> Safetensors.write(file, List.of(tensor, tensor), Map.of()))
                .hasMessageContaining("Two tensors are called t");
        assertThatThrownBy(() -> Safetensors.write(file, List.of(tensor), Map.of("checksum.t", "1")))
                .hasMessageContaining("reserved");
        assertThatThrownBy(() -> NamedTensor.ofInts("t", new long[] {2}, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NamedTensor.ofInts("__metadata__", new long[] {1}, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }
}
