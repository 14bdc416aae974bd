/**
 * The covariance-learning networks of Tang et al. 2023, at the end of their learning and inference, in closed form.
 *
 * <p>May use: {@code memory} and below. Begin with {@link dev.engram.memory.covariance.CovarianceMemory}.
 */
@NullMarked
package dev.engram.memory.covariance;

import org.jspecify.annotations.NullMarked;
