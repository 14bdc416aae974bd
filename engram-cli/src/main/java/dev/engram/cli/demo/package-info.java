/**
 * The demo and the page: what a newcomer runs first.
 *
 * <p>May use: {@code cli.memory}, {@code cli.options}, {@code cli.console}. Begin with {@link
 * dev.engram.cli.demo.DemoCommand}.
 */
@NullMarked
package dev.engram.cli.demo;

import org.jspecify.annotations.NullMarked;
