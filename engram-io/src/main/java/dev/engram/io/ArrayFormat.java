package dev.engram.io;

import dev.engram.io.numpy.OpenArray;
import java.nio.file.Path;

/** How a file that holds an array is opened. */
interface ArrayFormat {
    /** Uses the first rows of the array while the file is open. */
    <T> T open(Path file, int rows, OpenArray.Use<T> use);
}
