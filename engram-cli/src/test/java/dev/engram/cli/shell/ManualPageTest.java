package dev.engram.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManualPageTest {
    @Test
    void isWhatManReads() {
        assertThat(ManualPage.of(Toy.commandLine(), "1.2")).isEqualTo("""
                        .TH "TOY" "1" "" "toy 1.2"
                        .SH NAME
                        toy \\- Plays
                        .SH SYNOPSIS
                        .nf
                        toy [COMMAND]
                        .fi
                        .SH DESCRIPTION
                        Plays. Not for long.
                        .PP
                        .nf
                          toy box open .hidden \\-s RED
                        .fi
                        .SH OPTIONS
                        .SH COMMANDS
                        .SS toy box
                        .nf
                        toy box [COMMAND]
                        .fi
                        .PP
                        What is in it.
                        .SS toy box open
                        .nf
                        toy box open [\\-s=SHADE] BOX
                        .fi
                        .PP
                        Opens the children's box.
                        .TP
                        .B BOX
                        A file.
                        .TP
                        .B \\-s, \\-\\-shade=SHADE
                        Of 100% light.
                        \\&.5 is dark (default: RED).
                        \\&'C:\\edir' is none.
                        """);
    }
}
