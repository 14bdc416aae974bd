/** Pieces of self-contained HTML reports: pages, tables, figures, contact sheets, claims, and the files beside them. */
@NullMarked
package dev.engram.experiments.report;

import org.jspecify.annotations.NullMarked;
