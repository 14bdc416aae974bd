package dev.engram.io.numpy;

import static dev.engram.io.TestFiles.dict;
import static dev.engram.io.TestFiles.npy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The base64 texts are what NumPy 2.4.6 wrote with the command in the comment: {@code np.save(file, array)}. */
class NpyReaderTest {
    @TempDir
    Path folder;

    private NpyArray read(byte[] bytes) throws IOException {
        return NpyReader.read(Files.write(folder.resolve("a.npy"), bytes));
    }

    private NpyArray readBase64(String base64) throws IOException {
        return read(Base64.getDecoder().decode(base64));
    }

    @Test
    void fortranOrderIsTransposed() throws IOException {
        // np.asfortranarray(np.arange(24, dtype='<i2').reshape(2, 3, 4))
        NpyArray array =
                readBase64("k05VTVBZAQB2AHsnZGVzY3InOiAnPGkyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgNC"
                        + "ksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAwABAAQ"
                        + "AAgAFAABAA0ABQARAAkAFQACAA4ABgASAAoAFgADAA8ABwATAAsAFwA=");

        assertThat(array.shape()).containsExactly(2, 3, 4);
        for (int i = 0; i < 24; i++) {
            assertThat(array.values()[i]).isEqualTo(i);
        }
    }

    @Test
    void firstRowsOfFortranOrderAreTheFirstRows() throws IOException {
        // np.array([[1, 2], [3, 4], [5, 6]], order='F')
        Path file = folder.resolve("f.npy");
        Files.write(file, npy("{'descr': '|u1', 'fortran_order': True, 'shape': (3, 2)}", 1, 3, 5, 2, 4, 6));

        assertThat(NpyReader.readFirst(file, 2).values()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void bigEndianDoublesAreRead() throws IOException {
        // np.array([[1.5, -2.25]], dtype='>f8')
        NpyArray array =
                readBase64("k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDIpLC"
                        + "B9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/+AAAAAAA"
                        + "AMACAAAAAAAA");

        assertThat(array.type()).isEqualTo(NpyType.FLOAT64);
        assertThat(array.values()).containsExactly(1.5f, -2.25f);
    }

    @Test
    void headersOfVersionTwoAndThreeAreRead() throws IOException {
        // np.lib.format.write_array(file, np.array([1, 2, 3], dtype='u1'), version=(2, 0)), then (3, 0)
        for (String version : new String[] {"Ag", "Aw"}) {
            NpyArray array = readBase64("k05VTVBZ" + version
                    + "B0AAAAeydkZXNjcic6ICd8dTEnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMywpLCB9ICAgICAg"
                    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAgM=");
            assertThat(array.values()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void halfPrecisionIsWidenedExactly() throws IOException {
        // np.array([0, 1, -2, 0.1, 65504, 6e-8, np.inf], dtype='f2')
        NpyArray array =
                readBase64("k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDcsKSwgfS"
                        + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAA8AMBm"
                        + "Lv97AQAAfA==");

        assertThat(array.values())
                .containsExactly(0, 1, -2, 0.0999755859375f, 65504, 5.9604644775390625e-8f, Float.POSITIVE_INFINITY);
    }

    @Test
    void unsignedLongsAboveTheSignBitStayPositive() throws IOException {
        // np.array([2**63, 5], dtype='u8')
        NpyArray array =
                readBase64("k05VTVBZAQB2AHsnZGVzY3InOiAnPHU4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfS"
                        + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAA"
                        + "gAUAAAAAAAAA");

        assertThat(array.values()).containsExactly(9.223372036854775808e18f, 5);
    }

    @Test
    void singleNumberHasNoDimensions() throws IOException {
        // np.float32(7)
        NpyArray array =
                readBase64("k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gIC"
                        + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAOBA");

        assertThat(array.rank()).isZero();
        assertThat(array.values()).containsExactly(7);
    }

    @ParameterizedTest
    @CsvSource({
        "|b1, 00 01, 0, 1",
        "|i1, ff 7f, -1, 127",
        "<u2, 0100 ffff, 1, 65535",
        ">u2, 0001 ffff, 1, 65535",
        "<i2, feff 0100, -2, 1",
        ">i2, fffe 0001, -2, 1",
        "<u4, 01000000 000000ff, 1, 4278190080",
        ">u4, 00000001 ff000000, 1, 4278190080",
        "<i4, ffffffff 02000000, -1, 2",
        ">i4, ffffffff 00000002, -1, 2",
        "<i8, ffffffffffffffff 0300000000000000, -1, 3",
        ">i8, fffffffffffffffe 0000000000000003, -2, 3",
        ">f2, 3c00 c000, 1, -2",
        "<f4, 0000803f 000020c0, 1, -2.5",
        ">f4, 3f800000 c0200000, 1, -2.5",
        "<f8, 000000000000f03f 00000000000004c0, 1, -2.5"
    })
    void everyTypeInEitherByteOrderIsRead(String descr, String hex, float first, float second) throws IOException {
        byte[] data = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] header = npy(dict(descr, "(2,)"));
        byte[] file = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, file, header.length, data.length);

        assertThat(read(file).values()).containsExactly(first, second);
    }

    @Test
    void booleansAndBytesMakeMasks() throws IOException {
        assertThat(read(npy(dict("|b1", "(1, 2)"), 1, 0)).booleans()).containsExactly(true, false);
        assertThat(read(npy(dict("|u1", "(1, 2)"), 0, 255)).booleans()).containsExactly(false, true);
        NpyArray floats = read(npy(dict("<f4", "(1,)"), 0, 0, 0, 0));
        assertThatThrownBy(floats::booleans).isInstanceOf(InputException.class).hasMessageContaining("f4");
    }

    @Test
    void arraysWithoutElementsAreRead() throws IOException {
        NpyArray array = read(npy(dict("<f4", "(0, 28, 28)")));

        assertThat(array.shape()).containsExactly(0, 28, 28);
        assertThat(array.values()).isEmpty();
    }

    @Test
    void onlyTheRowsAskedForAreReadAndTheShapeSaysSo() throws IOException {
        Path file = Files.write(folder.resolve("a.npy"), npy(dict("|u1", "(3, 2)"), 1, 2, 3, 4, 5, 6));

        NpyArray array = NpyReader.readFirst(file, 2);

        assertThat(array.shape()).containsExactly(2, 2);
        assertThat(array.values()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void truncationAtEveryLengthIsReported() throws IOException {
        byte[] whole = npy(dict("|u1", "(3, 2)"), 1, 2, 3, 4, 5, 6);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("a.npy");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 2)}; dimension '-1'",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999,)}; dimension '99999999999'",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000)}; overflows",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000, 4)}; promises",
                "{'descr': '|u1', 'fortran_order': Maybe, 'shape': (2,)}; neither True nor False",
                "{'descr': '|u1', 'shape': (2,)}; no entry 'fortran_order'",
                "{'descr': '|u1', 'evil': 1}; unknown entry 'evil'",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (2,; no end",
                "__import__('os'); where '{' was expected",
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}; pickled Python objects",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}; named fields",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}; dtype '<c8'",
                "{'descr': '', 'fortran_order': False, 'shape': (1,)}; dtype ''",
                "{'fortran_order': False, 'shape': (1,)}; no entry 'descr'",
                "{'descr': '|u1', 'fortran_order': False}; no entry 'shape'",
                "{descr: '|u1'}; no string at character 1",
                "{'descr': '!u1', 'fortran_order': False, 'shape': (1,)}; the dtype '!u1'"
            })
    void absurdHeadersAreNamed(String dict, String expected) {
        assertThatThrownBy(() -> read(npy(dict, 1, 2, 3)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.npy")
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("%");
    }

    @Test
    void headerLengthPastTheEndIsReportedWithoutAllocating() {
        byte[] file = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1, '{'};

        assertThatThrownBy(() -> read(file)).isInstanceOf(InputException.class).hasMessageContaining("header of");
    }

    @Test
    void textUnderTheNameOfAnArrayIsRefused() {
        assertThatThrownBy(() -> read("hello, world".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not a NumPy file")
                .hasMessageContaining("Maybe");
    }

    @Test
    void missingFileIsReportedByName() {
        assertThatThrownBy(() -> NpyReader.read(folder.resolve("no.npy")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no.npy does not exist");
    }

    @Test
    void futureVersionIsNamed() throws IOException {
        byte[] file = npy(dict("|u1", "(1,)"), 1);
        file[6] = 4;

        assertThatThrownBy(() -> read(file)).hasMessageContaining("version 4.0");
    }

    @Test
    void arraysLongerThanABlockKeepTheirOrder() throws IOException {
        int rows = 1021;
        int columns = 37;
        int[] columnMajor = new int[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                columnMajor[j * rows + i] = (i * 7 + j) % 251;
            }
        }
        String dict = "{'descr': '|u1', 'fortran_order': True, 'shape': (%d, %d)}".formatted(rows, columns);

        NpyArray array = read(npy(dict, columnMajor));

        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                assertThat(array.values()[i * columns + j]).isEqualTo((i * 7 + j) % 251);
            }
        }
    }

    @Test
    void headersMayEndAnywhere() {
        String whole = "{'descr': '|u1', 'fortran_order': False, 'shape': (12, 3)}";
        for (int length = 0; length < whole.length(); length++) {
            byte[] file = npy(whole.substring(0, length));
            byte[] withoutLineEnd = Arrays.copyOf(file, file.length - 1);
            withoutLineEnd[8]--;
            assertThatThrownBy(() -> read(withoutLineEnd))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("a.npy has a NumPy header with ");
        }
    }

    @Test
    void longIntegersOfPythonTwoAreDimensions() throws IOException {
        assertThat(read(npy(dict("|u1", "(2L, 1L)"), 7, 8)).shape()).containsExactly(2, 1);
    }

    @Test
    void asManyDimensionsAsNumpyHasAreRead() throws IOException {
        assertThat(read(npy(dict("|u1", "(" + "1, ".repeat(64) + ")"), 7)).rank())
                .isEqualTo(64);
        assertThatThrownBy(() -> read(npy(dict("|u1", "(" + "1, ".repeat(65) + ")"), 7)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more than 64 dimensions");
    }

    @Test
    void headersAreLatinOneUpToVersionTwoAndThenUtf8() {
        byte[] first = npy("{'é': 1}");
        assertThatThrownBy(() -> read(first)).hasMessageContaining("unknown entry 'é'");
        byte[] text = "{'é': 1}".getBytes(StandardCharsets.UTF_8);
        byte[] third = Arrays.copyOf(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 3, 0, 9, 0, 0, 0}, 21);
        System.arraycopy(text, 0, third, 12, 9);
        assertThatThrownBy(() -> read(third)).hasMessageContaining("unknown entry 'é'");
    }

    @Test
    void theMagicAloneIsTheStartOfAnArray() {
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

        assertThat(NpyHeader.isAtStart(magic)).isTrue();
        assertThat(NpyHeader.isAtStart(Arrays.copyOf(magic, 5))).isFalse();
    }
}
