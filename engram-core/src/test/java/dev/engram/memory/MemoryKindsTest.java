package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.baseline.NearestNeighbourKind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryKindsTest {
    @TempDir
    Path folder;

    /** A model with nothing but what it must have: 100 bytes for each pattern. */
    private record Plain() implements MemoryModel {
        @Override
        public String name() {
            return "plain-one";
        }

        @Override
        public Map<String, String> describe() {
            return Map.of();
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            return 100.0 * patterns;
        }

        @Override
        public Learned<NearestNeighbour> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            return Learned.atOnce(new NearestNeighbour(la, patterns), patterns, watch);
        }
    }

    /** A kind with nothing but what it must have. */
    public static class PlainKind implements MemoryKind {
        @Override
        public String name() {
            return "plain-one";
        }

        @Override
        public MemoryModel model(Settings settings) {
            return new Plain();
        }
    }

    /** One that has the name of the library's. */
    public static final class TwinKind extends PlainKind {
        @Override
        public String name() {
            return new NearestNeighbourKind().name();
        }
    }

    /** One whose name is none. */
    public static final class ShoutingKind extends PlainKind {
        @Override
        public String name() {
            return "PLAIN";
        }
    }

    @Test
    void aPlainKindHasNoOptionsAndNoAdvice() {
        MemoryKind kind = new PlainKind();

        assertThat(kind.settings()).isEmpty();
        assertThat(kind.variants()).isEqualTo(Map.of("plain one", new Plain()));
        assertThat(kind.isBaseline()).isFalse();
        assertThat(kind.variations()).isEmpty();
        assertThat(kind.size(new Plain(), 3, Shape.of(4))).isEmpty();
        assertThat(kind.advice(new Plain(), 3, Shape.of(4))).isEmpty();
        assertThat(kind.adviceOnDivergence(new Plain())).isEqualTo("values brought into the range 0..1");
    }

    @Test
    void aPlainModelStoresWhatItIsGivenAndNeedsItAllAtOnce() {
        MemoryModel model = new Plain();
        Matrix patterns = Matrix.wrap(1, 2, 3, 4);

        assertThat(model.keepsPatterns()).isFalse();
        assertThat(model.learnsMissing()).isFalse();
        assertThat(model.learnsInBlocks(3, Shape.of(2))).isFalse();
        assertThat(model.asStored(patterns)).isSameAs(patterns);
        assertThat(model.costs(3, Shape.of(2))).isEmpty();
        assertThat(model.obstacle(3, Shape.of(2), 300)).isEmpty();
        assertThat(model.obstacle(50_000, Shape.of(2), 2 << 20))
                .contains("50000 patterns of shape 2 need about 4 MB of memory; Java has 2 MB");
        assertThat(model.learn(patterns, Shape.of(2), 0, MemoryModel.Watch.NONE)
                        .memory()
                        .recall(patterns)
                        .patterns())
                .isEqualTo(patterns);
        assertThat(MemoryModel.Watch.NONE.onUpdate(1, 2, 3)).isTrue();
        assertThat(MemoryModel.Watch.NONE.onAudit(1, 2)).isTrue();
    }

    @Test
    void theLibrarysKindsAreFoundByTheirNames() {
        assertThat(MemoryKinds.all().get(0).name()).isEqualTo("pcn");
        assertThat(MemoryKinds.named(" Nearest-Neighbour ").name()).isEqualTo("nearest-neighbour");
        assertThatThrownBy(() -> MemoryKinds.named("farthest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'farthest' is none of: pcn, ")
                .hasMessageContaining("affine-span");
    }

    @Test
    void onesOwnKindsComeAfterTheLibrarys() throws IOException {
        List<String> names = registered("plain-one", PlainKind.class.getName());

        assertThat(names)
                .startsWith("pcn")
                .endsWith("plain-one")
                .hasSize(MemoryKinds.all().size() + 1);
    }

    @Test
    void aThreadWhoseClassLoaderDoesNotKnowTheLibraryFindsThemToo() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            assertThat(MemoryKinds.named("pcn").name()).isEqualTo("pcn");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void kindsThatCannotBeToldApartOrLoadedAreRefused() {
        assertThatThrownBy(() -> registered("twin", TwinKind.class.getName()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "TwinKind has the name \"nearest-neighbour\", which another kind of memory has too");
        assertThatThrownBy(() -> registered("shouting", ShoutingKind.class.getName()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"PLAIN\", which is not in lower case with hyphens. Maybe rename it.");
        assertThatThrownBy(() -> registered("missing", "dev.engram.NoSuchKind"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be loaded")
                .hasMessageContaining("META-INF/services/dev.engram.memory.MemoryKind");
    }

    /** The names of all kinds where a class is registered too, before the library's. */
    private List<String> registered(String name, String type) throws IOException {
        Path services = Files.createDirectories(folder.resolve(name).resolve("META-INF/services"));
        Files.writeString(services.resolve(MemoryKind.class.getName()), type);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] first = {folder.resolve(name).toUri().toURL()};
        try (URLClassLoader own = new URLClassLoader(first, MemoryKindsTest.class.getClassLoader())) {
            thread.setContextClassLoader(own);
            return MemoryKinds.all().stream().map(MemoryKind::name).toList();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
