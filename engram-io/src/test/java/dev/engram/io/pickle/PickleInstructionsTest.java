package dev.engram.io.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.TestFiles;
import dev.engram.io.file.InputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pickles put together instruction by instruction, as Python's {@code pickletools} names them. They are those of protocol 0, which are text:
 * {@code (} a mark, {@code Vtext\n} a text, {@code I2\n} a number, {@code t} a tuple of what follows the mark, {@code R} a call, {@code s} an
 * entry of the dict below, {@code .} the end; others stand where they are tested.
 */
class PickleInstructionsTest {
    private static final String SIX_BYTES = "C\6abcdef";
    private static final String TWO_BY_THREE = "(I2\nI3\nt";

    /** {@code numpy.core.numeric._frombuffer(content, numpy.dtype('u1'), shape, 'C')}. */
    private static String array(String content, String shape) {
        return array(content, shape, "u1");
    }

    private static String array(String content, String shape, String type) {
        return "cnumpy.core.numeric\n_frombuffer\n(" + content + "cnumpy\ndtype\n(V" + type + "\ntR" + shape + "VC\ntR";
    }

    private static PickledArray read(String pickle) {
        return new PickleReader("batch", pickle.getBytes(StandardCharsets.ISO_8859_1)).readArray("data");
    }

    private static PickledArray inDict(String array) {
        return read("(dVdata\n" + array + "s.");
    }

    private static PickledArray ofShape(String shape) {
        return inDict(array(SIX_BYTES, shape));
    }

    private static void assertRefused(String pickle, String expected) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("batch")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I2\n",
                "L2L\n",
                "J\2\0\0\0",
                "K\2",
                "M\2\0",
                "\u008a\1\2",
                "\u008a\2\2\0",
                "\u008a\u0008\2\0\0\0\0\0\0\0",
                "\u008b\1\0\0\0\2"
            })
    void everyWholeNumberCanBeASize(String two) {
        assertThat(ofShape("(" + two + "I3\nt").shape()).containsExactly(2, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "'\u008a\2\0\1', 'shape [256] with 6 bytes'",
        "'\u008a\1\u007f', 'shape [127] with 6 bytes'",
        "'\u008a\2\u00ff\0', 'shape [255] with 6 bytes'",
        "'\u008a\0', 'shape [0] with 6 bytes'",
        "'\u008a\1\u0080', 'not a possible number'",
        "'\u008a\u0008\6\0\0\0\0\0\0\u0080', 'not a possible number'",
        "'\u008a\u0009\6\0\0\0\0\0\0\0\0', 'a number of 9 bytes'",
        "'J\u00fa\u00ff\u00ff\u00ff', 'not a possible number'",
        "'J\u00ff\u00ff\u00ff\u007f', 'shape [2147483647] with 6 bytes'",
        "'\u008a\5\0\0\0\u0080\0', 'not a possible number'",
        "'N', 'not a possible number'",
        "'\u0088', 'not a possible number'",
        "'F6\n', 'not a possible number'",
        "'I01\n', 'not a possible number'",
        "'Vsix\n', 'not a possible number'",
        "'Isix\n', 'a number that is none'"
    })
    void othersCannot(String number, String expected) {
        assertRefused("(dVdata\n" + array(SIX_BYTES, "(" + number + "t") + "s.", expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TWO_BY_THREE,
                "I2\nI3\n\u0086",
                "(I2\nI3\nl",
                "(lI2\naI3\na",
                "](I2\nI3\ne",
                "](I2\nI3\neI7\n0",
                "](I2\nI3\ne(I7\nI8\n1"
            })
    void shapesAreTuplesOrLists(String shape) {
        assertThat(ofShape(shape).shape()).containsExactly(2, 3);
    }

    @Test
    void tuplesHaveTheSizeOfTheirInstruction() {
        assertThat(ofShape("I6\n\u0085").shape()).containsExactly(6);
        assertThat(ofShape("I1\nI2\nI3\n\u0087").shape()).containsExactly(1, 2, 3);
        assertThat(inDict(array("C\1a", ")")).shape()).isEmpty();
        // Larger than memory, and than a long.
        assertRefused(
                "(dVdata\n" + array(SIX_BYTES, "(I2147483647\nI2147483647\nI2147483647\nI2147483647\nt") + "s.",
                "with 6 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "S'abcdef'\n",
                "T\6\0\0\0abcdef",
                "B\6\0\0\0abcdef",
                "U\6abcdef",
                SIX_BYTES,
                "\u008e\6\0\0\0\0\0\0\0abcdef",
                "\u0096\6\0\0\0\0\0\0\0abcdef",
                "c__builtin__\nbytes\n(C\6abcdeftR",
                "c__builtin__\nbytearray\n(C\6abcdeftR",
                "cbuiltins\nbytearray\n(C\6abcdeftR",
                "c_codecs\nencode\n(Vabcdef\nVlatin1\ntR",
                "S'\\x61b\\x63def'\n"
            })
    void contentIsBytesHoweverTheyWereWritten(String content) {
        assertThat(inDict(array(content, TWO_BY_THREE)).bytes()).containsExactly('a', 'b', 'c', 'd', 'e', 'f');
    }

    @Test
    void escapesOfQuotedBytesAreThoseOfPython() {
        assertThat(inDict(array("S'\\x00\\n\\t\\\\\\'\\xff'\n", TWO_BY_THREE)).bytes())
                .isEqualTo(TestFiles.bytes(0, '\n', '\t', '\\', '\'', 0xff));
        assertThat(inDict(array("S\"\\a\\b\\f\\r\\v\\\"\"\n", TWO_BY_THREE)).bytes())
                .isEqualTo(TestFiles.bytes(7, 8, 12, '\r', 11, '"'));
        assertThat(inDict(array("S'x\\q\\x'\n", "(I3\nt")).bytes()).containsExactly('x', 'q', 'x');
        assertThat(inDict(array("S''\n", "(I0\nt")).bytes()).isEmpty();
        assertThat(inDict(array("c__builtin__\nbytes\n)R", "(I0\nt")).bytes()).isEmpty();
        assertRefused("(dVdata\n" + array("S'\\xg0'\n", "(I1\nt") + "s.", "a number that is none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vdata\n",
                "V\\u0064ata\n",
                "Vdat\\u0061\n",
                "X\4\0\0\0data",
                "\u008c\4data",
                "\u008d\4\0\0\0\0\0\0\0data",
                "U\4data",
                "S'data'\n"
            })
    void keysAreTextsOrBytes(String key) {
        assertThat(read("(d" + key + ofSix() + "s.").bytes()).hasSize(6);
        assertThat(read("(" + key + ofSix() + "d.").bytes()).hasSize(6);
        assertThat(read("}(" + key + ofSix() + "u.").bytes()).hasSize(6);
    }

    private static String ofSix() {
        return array(SIX_BYTES, TWO_BY_THREE);
    }

    @Test
    void anEscapeThatIsCutShortIsText() {
        assertThat(read("(dVx\\u006\nNsVdata\n" + ofSix() + "s.").bytes()).hasSize(6);
    }

    /** Whatever else is in the dict does not matter, but has its place on the stack. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "N",
                "\u0088",
                "\u0089",
                "F1.5\n",
                "G\0\0\0\0\0\0\0\0",
                "I00\n",
                "]",
                ")",
                "}",
                "(t",
                "Vx\n2\u0086",
                "(dI1\nNs",
                "(d\u0088Ns",
                "\u0095\0\0\0\0\0\0\0\0N"
            })
    void otherEntriesAreAllowed(String value) {
        assertThat(read("(dVx\n" + value + "sVdata\n" + ofSix() + "s.").bytes()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({
        "'p7\n', 'g7\n'",
        "'q\7', 'h\7'",
        "'r\7\0\0\0', 'j\7\0\0\0'",
        "'p0\n', 'h\0'",
        "'\u0094', 'h\0'",
    })
    void whatIsRememberedIsRecalled(String remember, String recall) {
        assertThat(read(TWO_BY_THREE + remember + "0(dVdata\n" + array(SIX_BYTES, recall) + "s.")
                        .shape())
                .containsExactly(2, 3);
        assertRefused("(dVdata\n" + array(SIX_BYTES, recall) + "s.", "a reference to nothing");
    }

    @Test
    void otherTypesAreNamedAndNotCounted() {
        PickledArray floats = inDict(array(SIX_BYTES, TWO_BY_THREE, "<f4"));

        assertThat(floats.dtype().isUint8()).isFalse();
        assertThat(floats).hasToString("an array of type f4 and shape [2, 3]");
        assertThat(ofShape(TWO_BY_THREE)).hasToString("an array of type u1 and shape [2, 3]");
    }

    @Test
    void whatMakesNoArrayIsRefused() {
        assertRefused("I1\n(tR.", "a call of something that cannot be called");
        assertRefused("cnumpy\nndarray\nI1\nR.", "a call of something that cannot be called");
        assertRefused("cnumpy\nndarray\n(tR.", "an array made in a way this reader does not know");
        assertRefused("cnumpy\ndtype\n(tR.", "too few arguments");
        assertRefused("I1\n(tb.", "state for something that is not an array");
        assertRefused("cnumpy.core.multiarray\n_reconstruct\n(tRI1\nb.", "state for something that is not an array");
        assertRefused("(dVdata\n" + array("Vabcdef\n", TWO_BY_THREE) + "s.", "an array without bytes");
        assertRefused("(dVdata\n" + array(SIX_BYTES, "I6\n") + "s.", "shape or type is of the wrong kind");
        assertRefused("(tI1\na.", "items for something that is not a list");
        assertRefused("(I1\nI2\nI3\nd.", "entries for something that is not a dict");
        assertRefused("(l(I1\nI2\nu.", "entries for something that is not a dict");
        assertRefused("(dNI1\ns.", "a dict whose keys are not texts or numbers");
        assertRefused("(d.", "no array called 'data'");
        assertRefused(".", "a value missing on its stack");
        assertRefused("\u0080\6.", "protocol 6, newer than 5");
        assertRefused("\u0080\5(d.", "no array called 'data'");
        assertRefused("\u0080\2\u008f.", "the instruction 0x8f at byte 2");
        assertRefused("T\u00ff\u00ff\u00ff\u00ffab.", "it ends at byte 8 within a value");
        assertRefused("U\3ab", "it ends at byte 4 within a value");
        assertRefused("I12", "it ends at byte 3 within a value");
    }

    @ParameterizedTest
    @CsvSource({
        "'\u0080\1', true",
        "'\u0080\5', true",
        "'\u0080\0', false",
        "'\u0080\6', false",
        "'\u0080', false",
        "'\u0081\2', false",
        "'(d', true",
        "'(e', false",
        "')d', false",
        "'}q', true",
        "'}r', false",
        "'|q', false"
    })
    void aPickledDictIsKnownByItsBeginning(String start, boolean is) {
        assertThat(PickleReader.hasSignature(start.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(is);
    }
}
