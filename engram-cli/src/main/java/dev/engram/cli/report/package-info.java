/** Pieces of self-contained HTML reports: pages, tables, curves, contact sheets. */
@NullMarked
package dev.engram.cli.report;

import org.jspecify.annotations.NullMarked;
