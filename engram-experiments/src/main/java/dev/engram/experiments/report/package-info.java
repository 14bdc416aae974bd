/**
 * Pieces of self-contained HTML reports: pages, tables, figures, contact sheets, claims, and the files beside them.
 *
 * <p>May use: the core and {@code io}. Begin with {@link dev.engram.experiments.report.HtmlPage}.
 */
@NullMarked
package dev.engram.experiments.report;

import org.jspecify.annotations.NullMarked;
