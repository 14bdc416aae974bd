package dev.engram.experiments.report;

import dev.engram.experiments.report.Table.Entry;
import dev.engram.experiments.report.Table.Mark;
import dev.engram.io.file.AtomicFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds a web page in one file: styles, pictures and curves are inside. Light and dark, from telephones to projectors, and on
 * paper. Figures and tables with a name are also to be had as files: {@link #files()}.
 */
public final class HtmlPage {
    private static final int FEWEST_IN_CONTENTS = 4;
    private static final int NARROWEST_PICTURE = 34;

    private record Heading(String id, String text) {}

    private final StringBuilder body = new StringBuilder();
    private final List<Heading> headings = new ArrayList<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final String title;
    private String verdict = "";
    private String lead = "";

    /** @param title of the page; also its first heading */
    public HtmlPage(String title) {
        this.title = title;
    }

    /** The first line: how many of the claims hold. */
    public HtmlPage verdict(List<Claim> claims) {
        verdict = "<p class=\"verdict\">" + Text.escape(Claim.summary(claims)) + "</p>\n";
        return this;
    }

    /** A paragraph before everything else, the contents included. */
    public HtmlPage lead(String text) {
        lead = lead + "<p>" + Text.escape(text) + "</p>\n";
        return this;
    }

    public HtmlPage heading(String text) {
        Heading heading = new Heading("s" + (headings.size() + 1), text);
        headings.add(heading);
        body.append("<h2 id=\"%s\">%s</h2>\n".formatted(heading.id(), Text.escape(text)));
        return this;
    }

    /** A heading with what belongs to it, folded until the reader opens it. */
    public HtmlPage folded(String text, Consumer<HtmlPage> content) {
        body.append("<details><summary>");
        heading(text);
        body.append("</summary>\n");
        content.accept(this);
        body.append("</details>\n");
        return this;
    }

    public HtmlPage paragraph(String text) {
        return element("p", "", text);
    }

    /** Small print. */
    public HtmlPage note(String text) {
        return element("p", " class=\"soft\"", text);
    }

    private HtmlPage element(String tag, String attributes, String text) {
        body.append("<%s%s>%s</%s>\n".formatted(tag, attributes, Text.escape(text), tag));
        return this;
    }

    /** A link to a file beside the page. */
    public HtmlPage link(String address, String text) {
        body.append("<p><a href=\"%s\">%s</a></p>\n".formatted(Text.escape(address), Text.escape(text)));
        return this;
    }

    /** @param name of the table's file, without suffix */
    public HtmlPage table(String name, Table table) {
        addFile("tables/" + name + ".csv", table.csv());
        body.append(table.html());
        return this;
    }

    /** A table of times. It is not written as a file: unlike all others its bytes would differ from run to run. */
    public HtmlPage times(Table table) {
        body.append(table.html());
        return this;
    }

    /**
     * A figure with its caption.
     *
     * @param name of the figure's file, without suffix
     */
    public HtmlPage figure(String name, Figure figure, String caption) {
        addFile("figures/" + name + ".svg", figure.svgFile());
        body.append("<figure>%s<figcaption>%s</figcaption></figure>\n".formatted(figure.html(), Text.escape(caption)));
        return this;
    }

    private void addFile(String path, String content) {
        if (files.putIfAbsent(path, content) != null) {
            throw new IllegalArgumentException("Two files of this report are named %s.".formatted(path));
        }
    }

    /** Pictures with their caption; {@code alt} says what they show to those who cannot see them. */
    public HtmlPage sheet(Sheet sheet, String alt, String caption) {
        body.append("<figure><div class=\"sheet\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n"
                .formatted(Text.escape(alt)));
        for (int i = 0; i < sheet.blocks().size(); i++) {
            double share = sheet.shares().get(i);
            body.append(
                    "<div class=\"block\" style=\"--share:%.4f;--least:%.0fpx\"><div class=\"bands\" aria-hidden=\"true\">"
                            .formatted(share, NARROWEST_PICTURE * share * sheet.columns()));
            sheet.labels()
                    .forEach(label ->
                            body.append("<span>").append(Text.escape(label)).append("</span>"));
            body.append("</div><img alt=\"%s\" src=\"data:image/png;base64,%s\"></div>\n"
                    .formatted(
                            Text.escape(i == 0 ? alt : "continued"),
                            Base64.getEncoder().encodeToString(sheet.blocks().get(i))));
        }
        body.append("</div><figcaption>%s</figcaption></figure>\n".formatted(Text.escape(caption)));
        return this;
    }

    /** The same where there are pictures. */
    public HtmlPage sheet(Optional<Sheet> sheet, String alt, String caption) {
        sheet.ifPresent(pictures -> sheet(pictures, alt, caption));
        return this;
    }

    /** The claims as a table: the claim beside what was found. */
    public HtmlPage claims(String name, List<Claim> claims) {
        Table table = new Table("Claims, and what was found")
                .texts("claim", "verdict", "found", "where", "remark")
                .wrapping();
        for (Claim claim : claims) {
            Mark mark =
                    switch (claim.verdict()) {
                        case MET -> Mark.GOOD;
                        case NOT_MET -> Mark.BAD;
                        case NOT_RUN -> Mark.NONE;
                    };
            table.row(
                    Entry.text(claim.claim()),
                    Entry.text(claim.verdict().toString()).marked(mark),
                    Entry.text(claim.ours()),
                    Entry.text(claim.setting()),
                    Entry.text(claim.remark()));
        }
        return table(name, table);
    }

    /** Names and what they stand for, such as how the report was made; a name that ends in a colon is followed by a command. */
    public HtmlPage facts(Map<String, String> facts) {
        body.append("<dl class=\"facts\">\n");
        facts.forEach((name, fact) -> {
            String text = Text.escape(fact);
            String shown = name.endsWith(":") ? "<code>" + text + "</code>" : text;
            String term = name.endsWith(":") ? name.substring(0, name.length() - 1) : name;
            body.append("<dt>%s</dt><dd>%s</dd>\n".formatted(Text.escape(term), shown));
        });
        body.append("</dl>\n");
        return this;
    }

    /**
     * Writes a folder, all or nothing: the page, the figures and tables that have names, and what else belongs beside them.
     *
     * @param name of the page
     * @param beside contents of further files, by their names
     */
    public void write(Path folder, String name, Map<String, String> beside) {
        Map<String, String> all = new LinkedHashMap<>(files);
        all.put(name, html());
        all.putAll(beside);
        AtomicFiles.writeFolder(folder, fresh -> {
            for (Map.Entry<String, String> file : all.entrySet()) {
                fresh.write(file.getKey(), file.getValue());
            }
        });
    }

    /** The named figures as SVG and the tables as CSV, by their paths beside the page. */
    public Map<String, String> files() {
        return new LinkedHashMap<>(files);
    }

    /** The whole page. */
    public String html() {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title><style>
                %s%s</style></head><body><main>
                <h1>%s</h1>
                %s%s%s%s</main><script>
                %s</script></body></html>
                """.formatted(
                        Text.escape(title),
                        Text.resource("report.css"),
                        Text.resource("figure.css"),
                        Text.escape(title),
                        verdict,
                        lead,
                        contents(),
                        body,
                        Text.resource("report.js"));
    }

    private String contents() {
        if (headings.size() < FEWEST_IN_CONTENTS) {
            return "";
        }
        StringBuilder html = new StringBuilder("<nav class=\"contents\" aria-label=\"Contents\">");
        headings.forEach(h -> html.append("<a href=\"#%s\">%s</a>".formatted(h.id(), Text.escape(h.text()))));
        return html.append("</nav>\n").toString();
    }
}
