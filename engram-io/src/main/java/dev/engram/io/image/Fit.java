package dev.engram.io.image;

import java.util.Locale;

/** How a picture is brought to a size of another aspect ratio. */
public enum Fit {
    /** Both sides to their new lengths; what is round becomes an ellipse. */
    STRETCH,
    /** The largest part of the new aspect ratio around the centre; the rest is cut off. */
    CROP,
    /** The whole picture in its own aspect ratio, in the centre; around it the mean colour of its outermost pixels. */
    PAD;

    /** What the setting is called in a memory's options. */
    public static final String OPTION = "fit";

    /** In lower case, as users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
