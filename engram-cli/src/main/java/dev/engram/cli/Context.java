package dev.engram.cli;

/** What every command is given. */
record Context(Terminal terminal, Interruption interruption) {}
