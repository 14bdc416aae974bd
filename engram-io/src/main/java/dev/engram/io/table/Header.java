package dev.engram.io.table;

/** Whether the first row of a table names its columns. */
public enum Header {
    /** It does where one of its cells is neither a number nor missing. */
    WHERE_TEXT,
    /** It is a row like the others. */
    NONE
}
