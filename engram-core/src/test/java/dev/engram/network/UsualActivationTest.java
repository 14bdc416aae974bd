package dev.engram.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UsualActivationTest {
    @Test
    void wordsAndLinesAreTheOnesThatFilesAndEnginesKnow() {
        assertThat(Stream.of(UsualActivation.values()).map(Activation::word)).containsExactly("relu", "tanh", "linear");
        assertThat(Activation.RELU.lines()).isEqualTo(Optional.of(new Activation.Lines(0, 1)));
        assertThat(Activation.LINEAR.lines()).isEqualTo(Optional.of(new Activation.Lines(1, 1)));
        assertThat(Activation.TANH.lines()).isEmpty();
        assertThat(Stream.of(UsualActivation.values()).filter(Activation::hasKink))
                .containsExactly(UsualActivation.RELU);
    }

    /** Classes of a loader of their own, of which the enumeration is initialised before the interface with the constants. */
    @Test
    void theConstantsAreThereWhicheverClassComesFirst() throws Exception {
        URL classes = Activation.class.getProtectionDomain().getCodeSource().getLocation();
        for (String first : new String[] {"UsualActivation", "Activation"}) {
            try (URLClassLoader anew = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
                Class.forName("dev.engram.network." + first, true, anew);
                Class<?> constants = Class.forName("dev.engram.network.Activation", true, anew);
                for (String name : new String[] {"RELU", "TANH", "LINEAR"}) {
                    Field constant = constants.getField(name);
                    constant.setAccessible(true);
                    assertThat(String.valueOf(constant.get(null))).isEqualTo(name);
                }
            }
        }
    }
}
