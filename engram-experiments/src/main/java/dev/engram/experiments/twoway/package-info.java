/**
 * Networks both ways: digits from pictures, pictures from digits, and either from a part of both, by one network that predicts each layer from
 * below and from above.
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link dev.engram.experiments.twoway.BothWays}.
 */
@NullMarked
package dev.engram.experiments.twoway;

import org.jspecify.annotations.NullMarked;
