package dev.engram.cli.console;

/** What every command is given. */
public record Context(Terminal terminal, Interruption interruption) {}
