package dev.engram.io.memory;

import java.util.Optional;

/**
 * The software that computed something: the same data, options, seed and software give the same bits.
 *
 * @param engram the version of this library
 * @param java the version of the Java platform and its vendor
 * @param os name and architecture of the operating system
 * @param blas what multiplied matrices, and with how many threads
 */
public record Software(String engram, String java, String os, String blas) {
    /** The software that runs now. */
    public static Software current(String blas) {
        String java = "%s (%s)".formatted(System.getProperty("java.version"), System.getProperty("java.vendor"));
        String os = "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
        return new Software(version(), java, os, blas);
    }

    /** The version of this library; "development" where it does not run from its jar. */
    public static String version() {
        return Optional.ofNullable(Software.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
