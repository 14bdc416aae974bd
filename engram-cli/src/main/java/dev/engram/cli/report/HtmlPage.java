package dev.engram.cli.report;

import java.util.List;

/** A page that needs nothing but itself: styles, pictures and curves are inside. Light and dark, on screens and on paper. */
public final class HtmlPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d1d1f; --soft: #6e6e73; --paper: #ffffff; --line: #d8d8de; --card: #f6f6f8;
                    --a: #0b6bcb; --b: #c2410c; --c: #0f7a4f; }
            @media (prefers-color-scheme: dark) { :root { --ink: #f2f2f4; --soft: #a1a1a8; --paper: #17171a; --line: #3a3a40;
                    --card: #212126; --a: #6cb2ff; --b: #ff9d5c; --c: #5fd3a0; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 68rem; background: var(--paper); color: var(--ink);
                   font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
            h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; } h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; }
            p { max-width: 46rem; } .soft { color: var(--soft); } code { font-size: .9em; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            .scroll { overflow-x: auto; }
            th, td { padding: .4rem .8rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; } th { font-weight: 600; }
            td.good { color: var(--c); font-weight: 600; }
            figure { margin: 1rem 0; } figcaption { color: var(--soft); font-size: .9rem; max-width: 46rem; }
            .sheet { display: block; width: 100%; height: auto; image-rendering: pixelated; border-radius: 6px; background: var(--card); }
            svg { width: 100%; height: auto; max-width: 46rem; } svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
            .axis { stroke: var(--line); } .curve0 { stroke: var(--a); fill: none; } .curve1 { stroke: var(--b); fill: none; }
            .curve2 { stroke: var(--c); fill: none; } .key0 { fill: var(--a) !important; } .key1 { fill: var(--b) !important; }
            .key2 { fill: var(--c) !important; }
            @media print { body { padding: 0; } figure, tr { break-inside: avoid; } }
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    /** @param title of the page; also its first heading */
    public HtmlPage(String title) {
        this.title = title;
        body.append("<h1>").append(escape(title)).append("</h1>\n");
    }

    public HtmlPage heading(String text) {
        body.append("<h2>").append(escape(text)).append("</h2>\n");
        return this;
    }

    public HtmlPage paragraph(String text) {
        body.append("<p>").append(escape(text)).append("</p>\n");
        return this;
    }

    /** Small print. */
    public HtmlPage note(String text) {
        body.append("<p class=\"soft\">").append(escape(text)).append("</p>\n");
        return this;
    }

    /**
     * A table.
     *
     * @param rows each as long as {@code head}; the first column is text, the others numbers
     */
    public HtmlPage table(List<String> head, List<List<String>> rows) {
        body.append("<div class=\"scroll\"><table><thead><tr>");
        head.forEach(
                cell -> body.append("<th scope=\"col\">").append(escape(cell)).append("</th>"));
        body.append("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            body.append("<tr>");
            for (String cell : row) {
                String mark = cell.startsWith("100") && cell.endsWith("%") ? " class=\"good\"" : "";
                body.append("<td").append(mark).append(">").append(escape(cell)).append("</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
        return this;
    }

    /** A picture with its caption; {@code alt} says what it shows to those who cannot see it. */
    public HtmlPage sheet(ContactSheet sheet, String alt, String caption) {
        body.append("<figure><img class=\"sheet\" style=\"width:%.0f%%\" alt=\"%s\" src=\"data:image/png;base64,%s\">"
                .formatted(100 * sheet.share(), escape(alt), sheet.base64()));
        body.append("<figcaption>").append(escape(caption)).append("</figcaption></figure>\n");
        return this;
    }

    public HtmlPage chart(LineChart chart, String caption) {
        body.append("<figure>")
                .append(chart.svg())
                .append("<figcaption>")
                .append(escape(caption))
                .append("</figcaption></figure>\n");
        return this;
    }

    /** The whole page. */
    public String html() {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title><style>
                %s</style></head><body>
                %s</body></html>
                """.formatted(escape(title), STYLE, body);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
