/**
 * Matrices and linear algebra: dense row-major arrays, BLAS and LAPACK, solvers, loops. Knows nothing of predictive coding.
 */
@NullMarked
package dev.engram.linalg;

import org.jspecify.annotations.NullMarked;
