/**
 * Tables of rows and columns: comma- or tab-separated text, its columns of numbers and categories, and the values they are to a memory.
 *
 * <p>May use: {@code io.file} and the core. Begin with {@link dev.engram.io.table.TableReader} and {@link
 * dev.engram.io.table.Columns}.
 */
@NullMarked
package dev.engram.io.table;

import org.jspecify.annotations.NullMarked;
