package dev.engram.cli.report;

/**
 * One line of {@code results.json}, the same for every report.
 *
 * @param experiment which report
 * @param setting what was varied, in words
 * @param metric what was measured, with its unit
 * @param value the measurement
 * @param claim what was expected, in words; empty where nothing was
 * @param met whether it was met; true where nothing was expected
 */
public record ResultRow(String experiment, String setting, String metric, double value, String claim, boolean met) {}
