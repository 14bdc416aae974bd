package dev.engram.memory;

/** Patterns or cues hold numbers that no memory can compute with: NaN where nothing may be missing, infinite, or too large to be squared. */
public final class UnusableValuesException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public UnusableValuesException(String message) {
        super(message);
    }
}
