package dev.engram.experiments.frame;

import dev.engram.io.file.Digests;
import dev.engram.io.memory.Software;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/**
 * A digest of everything that a cell's numbers depend on: the cell, its options and data, seed, profile, software and machine.
 * Finished cells whose fingerprint is another are computed again.
 */
final class Fingerprint {
    private final MessageDigest digest = Digests.sha256();

    private Fingerprint() {}

    static String of(Experiment experiment, Cell cell, RunOptions options, DataFolder data, Software software) {
        Fingerprint print = new Fingerprint();
        print.add(experiment.name(), options.profile().name(), String.valueOf(options.seed()), software.toString());
        print.add(codeOf(Software.class), codeOf(dev.engram.memory.Score.class), codeOf(experiment.getClass()));
        print.add(cell.setting().parts());
        print.add(cell.options());
        cell.data().forEach((set, count) -> print.add(set.name(), data.digest(set, count)));
        return print.hex();
    }

    private void add(Map<String, String> named) {
        add(String.valueOf(named.size()));
        named.forEach(this::add);
    }

    private void add(String... texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
    }

    private String hex() {
        return Digests.hex(digest);
    }

    /** The digest of the jar that a class comes from, so that numbers of changed code are not kept; "" outside of a jar. */
    private static String codeOf(Class<?> type) {
        try {
            Optional<CodeSource> source =
                    Optional.ofNullable(type.getProtectionDomain().getCodeSource());
            if (source.isEmpty()) {
                return "";
            }
            Path jar = Path.of(source.get().getLocation().toURI());
            if (!Files.isRegularFile(jar)) {
                return "";
            }
            Fingerprint print = new Fingerprint();
            print.digest.update(Files.readAllBytes(jar));
            return print.hex();
        } catch (URISyntaxException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("The program's own jar cannot be read.", e);
        }
    }
}
