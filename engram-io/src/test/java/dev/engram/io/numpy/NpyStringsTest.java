package dev.engram.io.numpy;

import static dev.engram.io.TestFiles.dict;
import static dev.engram.io.TestFiles.npy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The base64 texts are what NumPy 2.4.6 wrote with the command in the comment: {@code np.save(file, array)}. */
class NpyStringsTest {
    private static List<String> read(byte[] bytes) throws IOException {
        return NpyStrings.read(new ByteArrayInputStream(bytes), "a.npy", bytes.length);
    }

    /** An array of that type and shape, its data in hexadecimal digits. */
    private static byte[] array(String descr, String shape, String hex) {
        byte[] data = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] header = npy(dict(descr, shape));
        byte[] file = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, file, header.length, data.length);
        return file;
    }

    @Test
    void textOfEitherByteOrderLosesItsPaddingAtTheEndAlone() throws IOException {
        // np.array(['ab', 'é😀', '', 'c d'])
        assertThat(read(Base64.getDecoder()
                        .decode("k05VTVBZAQB2AHsnZGVzY3InOiAnPFUzJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog"
                                + "KDQsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
                                + "ICAgICAgIAphAAAAYgAAAAAAAADpAAAAAPYBAAAAAAAAAAAAAAAAAAAAAABjAAAAIAAAAGQAAAA=")))
                .containsExactly("ab", "é😀", "", "c d");
        // np.array(['ab', 'é'], dtype='>U2')
        assertThat(read(Base64.getDecoder()
                        .decode("k05VTVBZAQB2AHsnZGVzY3InOiAnPlUyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog"
                                + "KDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
                                + "ICAgICAgIAoAAABhAAAAYgAAAOkAAAAA")))
                .containsExactly("ab", "é");
        assertThat(read(array("|S3", "(3,)", "61 62 00  61 00 62  00 00 00"))).containsExactly("ab", "a\0b", "");
    }

    @Test
    void codesThatAreNoCharactersAreQuestionMarks() throws IOException {
        assertThat(read(array("<U2", "(3,)", "61000000 00d80000  00001100 62000000  ffffffff 63000000")))
                .containsExactly("a?", "?b", "?c");
    }

    @ParameterizedTest
    @CsvSource({
        "|b1, 00 01, 0, 1",
        "|u1, 05 ff, 5, 255",
        "|i1, 05 ff, 5, -1",
        "<u2, 0100 ffff, 1, 65535",
        ">i2, 0001 ffff, 1, -1",
        "<i2, feff 0100, -2, 1",
        ">u4, 00000001 ff000000, 1, 4278190080",
        "<i4, ffffffff 02000000, -1, 2",
        "<u8, ffffffffffffffff 0300000000000000, 18446744073709551615, 3",
        ">i8, fffffffffffffffe 0000000000000003, -2, 3"
    })
    void wholeNumbersAreWrittenAsText(String descr, String hex, String first, String second) throws IOException {
        assertThat(read(array(descr, "(2,)", hex))).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource({
        "<f4, '(1,)', 'dtype ''<f4'' and 1 dimensions'",
        "<U1, '(1, 1)', 'dtype ''<U1'' and 2 dimensions'",
        "<U1, '()', 'dtype ''<U1'' and 0 dimensions'",
        "u1, '(1,)', 'dtype ''u1'' and 1 dimensions'",
        "'', '(1,)', 'dtype '''' and 1 dimensions'",
        "<U1234567, '(1,)', 'dtype ''<U1234567'' and 1 dimensions'",
        "|u1, '(5,)', 'promises 5 bytes of data, 4 are there'",
        "<U2, '(1,)', 'promises 8 bytes of data, 4 are there'",
        "|S1, '(3,)', 'promises 3 bytes of data, 4 are there'"
    })
    void whatIsNotAListOfNamesIsRefused(String descr, String shape, String expected) {
        assertThatThrownBy(() -> read(array(descr, shape, "00000000")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.npy")
                .hasMessageContaining(expected);
    }

    @Test
    void dataThatEndsBeforeTheLengthSaidIsTruncated() {
        byte[] whole = array("|S2", "(2,)", "61626364");
        ByteArrayInputStream part = new ByteArrayInputStream(whole, 0, whole.length - 1);

        assertThatThrownBy(() -> NpyStrings.read(part, "a.npy", whole.length))
                .isInstanceOf(InputException.class)
                .hasMessage("a.npy is truncated.");
    }
}
