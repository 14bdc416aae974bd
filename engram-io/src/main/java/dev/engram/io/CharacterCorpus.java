package dev.engram.io;

import dev.engram.io.file.Digests;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A text as a sequence of characters, each known by its place in the alphabet.
 *
 * @param alphabet the distinct characters (Unicode code points) in ascending order
 * @param codes the text, one index into the alphabet per character
 * @param digest SHA-256 (hexadecimal) of the file's bytes
 */
public record CharacterCorpus(int[] alphabet, int[] codes, String digest) {

    /**
     * Reads a UTF-8 text file, every character of it, line ends included.
     *
     * @throws InputException if the file is missing, empty or not UTF-8 text
     */
    public static CharacterCorpus read(Path file) {
        byte[] bytes = Inputs.all(file);
        if (bytes.length == 0) {
            throw new InputException("%s is empty (0 bytes); a text was expected.".formatted(file));
        }
        int[] text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .codePoints()
                    .toArray();
        } catch (CharacterCodingException e) {
            throw new InputException("%s is not UTF-8 text. Maybe save it as UTF-8.".formatted(file), e);
        }
        int[] alphabet = Arrays.stream(text).sorted().distinct().toArray();
        int[] codes =
                Arrays.stream(text).map(c -> Arrays.binarySearch(alphabet, c)).toArray();
        MessageDigest digest = Digests.sha256();
        digest.update(bytes);
        return new CharacterCorpus(alphabet, codes, Digests.hex(digest));
    }

    /** How many characters the text has. */
    public int length() {
        return codes.length;
    }

    /** The characters {@code from} (inclusive) to {@code to} (exclusive) as text. */
    public String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.appendCodePoint(alphabet[codes[i]]);
        }
        return text.toString();
    }
}
