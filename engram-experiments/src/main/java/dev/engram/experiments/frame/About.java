package dev.engram.experiments.frame;

import java.util.List;

/**
 * What an experiment is, in words.
 *
 * @param name on the command line
 * @param title in a line
 * @param introduction what the paper says and what is done here, in a paragraph or two
 */
public record About(String name, String title, List<String> introduction) {
    public About {
        introduction = List.copyOf(introduction);
    }

    public static About of(String name, String title, String... introduction) {
        return new About(name, title, List.of(introduction));
    }
}
