package dev.engram.memory;

import dev.engram.network.Activation;
import dev.engram.network.UsualActivation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The activations that can be chosen by name: the usual ones, then those that others have registered in {@code
 * META-INF/services/dev.engram.network.Activation}.
 */
public final class Activations {
    private Activations() {}

    /**
     * All of them.
     *
     * @throws IllegalStateException if one that is registered cannot be loaded, has a name that is none, or the name of another
     */
    public static List<Activation> all() {
        return Registered.named(Activation.class, List.of(UsualActivation.values()), "activation", Activation::word);
    }

    /** The one of that {@link Activation#word}; what is registered is looked at only where it is none of the usual ones. */
    public static Optional<Activation> named(String word) {
        for (Activation usual : UsualActivation.values()) {
            if (usual.word().equals(word)) {
                return Optional.of(usual);
            }
        }
        return all().stream().filter(one -> one.word().equals(word)).findFirst();
    }

    /**
     * The word by which a file names it, from which the same one is read back.
     *
     * @throws IllegalArgumentException if no such one would be, since it is not registered, or with other parameters
     */
    public static String wordInFiles(Activation activation) {
        if (named(activation.word()).filter(activation::equals).isEmpty()) {
            throw new IllegalArgumentException(
                    "The activation %s is not registered as it is: what a file holds could not be read back. Maybe name its class in %s."
                            .formatted(activation.word(), "META-INF/services/" + Activation.class.getName()));
        }
        return activation.word();
    }

    /** The option of a memory that has one. */
    public static Setting<Activation> setting() {
        return Setting.choice("activation", "F", "Non-linearity", all(), Activation::word);
    }

    /** Their words, with commas between them. */
    public static String words() {
        return all().stream().map(Activation::word).collect(Collectors.joining(", "));
    }
}
