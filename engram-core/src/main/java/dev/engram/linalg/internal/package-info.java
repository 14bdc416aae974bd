/**
 * Which of OpenBLAS's kernels multiply: chosen once per machine by measuring, before the library is loaded; and what
 * netlib needs to reach it. Internal use only.
 *
 * <p>May use: no other package. Begin with {@link dev.engram.linalg.internal.Kernels}; why and what was measured is in
 * docs/decisions/001-linear-algebra.md.
 */
@NullMarked
package dev.engram.linalg.internal;

import org.jspecify.annotations.NullMarked;
