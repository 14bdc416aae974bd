/**
 * Whether memories that name what they recall keep to the rate of false alarms they state, on pictures they have not seen (docs/answers.md).
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link dev.engram.experiments.answers.StatedRates}.
 */
@NullMarked
package dev.engram.experiments.answers;

import org.jspecify.annotations.NullMarked;
