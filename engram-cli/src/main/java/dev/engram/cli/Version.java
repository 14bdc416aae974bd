package dev.engram.cli;

import dev.engram.io.memory.Software;
import dev.engram.linalg.LinearAlgebra;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version, Java, and what multiplies matrices. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        Software software = Software.current(LinearAlgebra.shared().description());
        return new String[] {
            "engram " + software.engram(), "Java " + software.java(), software.os(), "BLAS: " + software.blas()
        };
    }
}
