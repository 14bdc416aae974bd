package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Settings;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The two lists: kinds of memory in the core, codecs here. */
class KindsAndCodecsTest {
    @Test
    void everyKindHasACodecAndEveryCodecAKind() {
        Set<String> models = MemoryKinds.all().stream()
                .flatMap(kind -> kind.variants().values().stream())
                .map(model -> model.name())
                .collect(Collectors.toSet());
        Set<String> written =
                MemoryFile.codecs().stream().map(MemoryCodec::model).collect(Collectors.toSet());
        assertThat(written).isEqualTo(models);
        assertThat(MemoryFile.codecs()).hasSameSizeAs(written);
    }

    @Test
    void kindsAreToldApartByName() {
        Set<String> names = MemoryKinds.all().stream().map(MemoryKind::name).collect(Collectors.toSet());
        assertThat(MemoryKinds.all()).hasSameSizeAs(names);
        for (MemoryKind kind : MemoryKinds.all()) {
            assertThat(MemoryKinds.named(kind.name()).name()).isEqualTo(kind.name());
            assertThat(kind.variants().values().stream().map(MemoryModel::describe))
                    .contains(kind.model(Settings.none()).describe());
        }
    }
}
