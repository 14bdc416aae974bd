/** Value nodes, predictions between them, and the networks they form; the energy of Eq. 2 and its forces. */
@NullMarked
package dev.engram.graph;

import org.jspecify.annotations.NullMarked;
