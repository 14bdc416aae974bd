/**
 * Matrices, tensors and linear algebra on dense row-major arrays: BLAS and LAPACK, solvers, loops over several
 * threads.
 *
 * <p>May use: no other package; nothing here depends on predictive coding. Begin with {@link dev.engram.linalg.LinearAlgebra}.
 */
@NullMarked
package dev.engram.linalg;

import org.jspecify.annotations.NullMarked;
