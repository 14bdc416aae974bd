/** Lowering the energy over the value nodes: solver x step size x stop rule x observer -> equilibrium. */
@NullMarked
package dev.engram.inference;

import org.jspecify.annotations.NullMarked;
