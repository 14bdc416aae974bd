package dev.engram.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class HtmlPageTest {
    private static final Series SERIES = Series.ofSteps("a", new double[] {1, 2});

    private static HtmlPage page() {
        return new HtmlPage("Title <1>")
                .lead("lead")
                .heading("First")
                .table("numbers", table())
                .figure("curve", new LineChart(Axis.linear("x"), Axis.linear("y")).add(SERIES), "caption & more")
                .heading("Second")
                .sheet(
                        new ContactSheet(Shape.of(2, 2), 2)
                                .row("all", Matrix.zeros(3, 4))
                                .sheet(),
                        "three black squares",
                        "squares")
                .heading("Third")
                .claims(
                        "claims",
                        List.of(
                                new Claim("all", "here", "fraction", 1, "100 %", Verdict.MET, ""),
                                Claim.notRun("some", "there", "fraction", "no data")))
                .heading("Fourth")
                .facts(Map.of("command:", "engram x < y"));
    }

    private static Table table() {
        return new Table("caption")
                .texts("name")
                .numbers("part")
                .row(Table.Entry.text("a, \"b\""), Table.Entry.percent(0.5))
                .row(Table.Entry.text("c"), Table.Entry.percent(1));
    }

    @Test
    void aPageAsksForNothingFromElsewhere() {
        String html = page().html();
        assertThat(html).doesNotContain("http://", "https://", "<link", "@import", "src=\"/", "url(");
        assertThat(html).contains("prefers-color-scheme: dark", "@media print", "name=\"viewport\"", "lang=\"en\"");
    }

    @Test
    void theFirstLineSaysHowManyClaimsHold() {
        Claim met = new Claim("all", "here", "fraction", 1, "100 %", Verdict.MET, "");
        Claim failed = new Claim("none", "here", "fraction", 1, "100 %", Verdict.NOT_MET, "");
        Claim open = Claim.notRun("some", "there", "fraction", "no data");
        assertThat(Claim.summary(List.of(met))).isEqualTo("1 of 1 claim holds.");
        assertThat(Claim.summary(List.of(met, met, failed))).isEqualTo("2 of 3 claims hold, 1 does not.");
        assertThat(Claim.summary(List.of(failed, failed, open)))
                .isEqualTo("0 of 3 claims hold, 2 do not, 1 was not run.");
        String html =
                new HtmlPage("t").lead("lead").verdict(List.of(met, open, open)).html();
        assertThat(html.indexOf("1 of 3 claims holds, 2 were not run.")).isBetween(0, html.indexOf("<p>lead"));
    }

    @Test
    void whatIsFoldedHasItsHeadingInTheContents() {
        String html = page().folded("All numbers", all -> all.paragraph("the numbers"))
                .html();
        assertThat(html)
                .contains("href=\"#s5\"")
                .containsSubsequence("<details><summary>", "id=\"s5\"", "</summary>", "the numbers", "</details>");
    }

    @Test
    void textIsEscaped() {
        assertThat(page().html())
                .contains("Title &lt;1&gt;", "caption &amp; more", "a, &quot;b&quot;", "engram x &lt; y")
                .doesNotContain("Title <1>");
    }

    @Test
    void tablesSortByExactNumbersAndHaveCaptions() {
        assertThat(page().html())
                .contains(
                        "<caption>caption</caption>", "data-v=\"0.5\">50.0 %<", "class=\"good\" data-v=\"1.0\">100 %<")
                .contains("<th scope=\"col\" class=\"text\"><button type=\"button\">name</button>");
    }

    @Test
    void headingsBecomeContentsWhereThereAreSeveral() {
        assertThat(page().html()).contains("<nav", "href=\"#s4\"", "id=\"s4\"");
        assertThat(new HtmlPage("t").heading("only").html()).doesNotContain("<nav");
    }

    @Test
    void figuresAndTablesAreFilesToo() {
        Map<String, String> files = page().files();
        assertThat(files).containsOnlyKeys("tables/numbers.csv", "figures/curve.svg", "tables/claims.csv");
        assertThat(files.get("tables/numbers.csv")).isEqualTo("name,part\n\"a, \"\"b\"\"\",0.5\nc,1.0\n");
        assertThatThrownBy(() -> page().table("numbers", table())).hasMessageContaining("tables/numbers.csv");
    }

    @Test
    void rowsMustFillTheColumns() {
        assertThatThrownBy(() -> table().row(Table.Entry.text("one"))).hasMessageContaining("1 entries");
    }

    @Test
    void contactSheetsAreCutIntoBlocksWithTransparentGaps() throws IOException {
        Matrix pictures = Matrix.zeros(3, 4);
        pictures.set(0, 0, 2);
        Sheet sheet = new ContactSheet(Shape.of(2, 2), 2)
                .row("a", pictures)
                .row("b", pictures)
                .sheet();
        assertThat(sheet.shares()).containsExactly(1.0, 0.5);
        BufferedImage block =
                ImageIO.read(new ByteArrayInputStream(sheet.blocks().get(0)));
        assertThat(block.getWidth()).isEqualTo(2 + 4 + 2);
        assertThat(block.getHeight()).isEqualTo(2 + 4 + 2);
        assertThat(block.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
        assertThat(block.getRGB(1, 0)).isEqualTo(0xFF000000);
        assertThat(block.getRGB(3, 0) >>> 24).isZero();
        assertThatThrownBy(() ->
                        new ContactSheet(Shape.of(2, 2), 2).row("a", pictures).row("b", Matrix.zeros(2, 4)))
                .hasMessageContaining("must agree");
    }

    @Test
    void resultsSayNullWhereNothingWasRun() {
        String json = ResultsJson.of(List.of(
                new ResultRow("e", "s", "m", 0.5, "half", Verdict.NOT_MET),
                Claim.notRun("all", "s", "m", "").row("e"),
                ResultRow.measured("e", "s", "m", 1)));
        assertThat(json.replaceAll("\\s", ""))
                .isEqualTo("[{\"experiment\":\"e\",\"setting\":\"s\",\"metric\":\"m\",\"value\":0.5,\"claim\":\"half\","
                        + "\"met\":false},{\"experiment\":\"e\",\"setting\":\"s\",\"metric\":\"m\",\"value\":null,"
                        + "\"claim\":\"all\",\"met\":null},{\"experiment\":\"e\",\"setting\":\"s\",\"metric\":\"m\","
                        + "\"value\":1.0,\"claim\":\"\",\"met\":true}]");
    }
}
