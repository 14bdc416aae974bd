package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatWouldMoveTheCursorIsShown() {
        assertThat(Printable.name("a\u001b[31mb\rc\u009bd\u202ee\nf"))
                .isEqualTo("a\\u001b[31mb\\u000dc\\u009bd\\u202ee\\u000af");
        assertThat(Printable.name("größe 東京 😀")).isEqualTo("größe 東京 😀");
        assertThat(Printable.lines("a\tb\nc\u0007")).isEqualTo("a\tb\nc\\u0007");
    }

    @Test
    void aMessageIsOneLine() {
        assertThat(Printable.message("one \n  two\r\nthree")).isEqualTo("one two three");
    }

    @Test
    void aLongMessageKeepsItsBeginningAndItsEnd() {
        String message = Printable.message("engram: " + "x".repeat(3_000_000) + ". Maybe leave it out.");

        assertThat(message)
                .hasSize(2_000)
                .startsWith("engram: xxx")
                .contains("xxx ... (3,000,029 characters) ... xxx")
                .endsWith("xxx. Maybe leave it out.");
    }

    @Test
    void aMessageIsBoundedWhereItsCharactersAreShownEscapedToo() {
        assertThat(Printable.message("\u001b".repeat(1_999)))
                .hasSize(2_000)
                .startsWith("\\u001b\\u001b")
                .endsWith("\\u001b");
        assertThat(Printable.message("😀".repeat(5_000)).length()).isLessThanOrEqualTo(2_000);
    }
}
