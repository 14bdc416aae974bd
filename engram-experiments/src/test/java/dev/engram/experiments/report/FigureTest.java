package dev.engram.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.Matrix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class FigureTest {
    private static LineChart chart() {
        double[] x = {1, 2, 3};
        return new LineChart(Axis.linear("step"), Axis.linear("energy <E>"))
                .add(Series.of("a & b", x, new double[] {3, 2, 1}))
                .add(Series.of("spread", x, new double[] {1, 1, 1})
                        .withSpread(Series.Spread.BARS, new double[] {0, 0, 0}, new double[] {2, 2, 2}))
                .add(Series.of("band", x, new double[] {2, 2, 2})
                        .withSpread(Series.Spread.BAND, new double[] {1, 1, 1}, new double[] {3, 3, 3}));
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static long count(Document document, String tag, String classes) {
        return IntStream.range(0, document.getElementsByTagName(tag).getLength())
                .mapToObj(i -> document.getElementsByTagName(tag).item(i).getAttributes())
                .filter(a -> a.getNamedItem("class") != null
                        && a.getNamedItem("class").getNodeValue().startsWith(classes))
                .count();
    }

    @Test
    void everyFigureIsAFileOfItsOwn() throws Exception {
        for (Figure figure : new Figure[] {
            chart(),
            new ChartGrid(2)
                    .add("one", chart())
                    .add("two", chart())
                    .add("map", new HeatMap(Matrix.wrap(2, 2, 1, -1, 0, 0.5f), "unit", "pixel")),
            new HeatMap(Matrix.wrap(2, 2, 1, -1, 0, 0.5f), "unit", "pixel")
        }) {
            Document document = parsed(figure.svgFile());
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
            assertThat(document.getDocumentElement().getAttribute("aria-label")).isNotEmpty();
            assertThat(figure.svgFile()).contains("<style>").doesNotContain("NaN");
        }
    }

    @Test
    void curvesHaveMarkersAndSpreads() throws Exception {
        Document document = parsed(chart().svgFile());
        assertThat(count(document, "path", "curve")).isEqualTo(3);
        assertThat(count(document, "path", "mark")).isEqualTo(3 * 3 + 3);
        assertThat(count(document, "path", "band")).isEqualTo(1);
        assertThat(count(document, "line", "bar")).isEqualTo(3 * 3);
    }

    @Test
    void longCurvesAreThinnedAndHaveNoMarkers() throws Exception {
        double[] values = IntStream.range(0, 100_000).asDoubleStream().toArray();
        String svg = new LineChart(Axis.linear("step"), Axis.linear("y"))
                .add(Series.ofSteps("long", values))
                .svgFile();
        assertThat(count(parsed(svg), "path", "mark")).isZero();
        assertThat(svg.length()).isLessThan(40_000);
        assertThat(svg).contains("462.0 28.0\"");
    }

    @Test
    void aValueThatIsNotFiniteLeavesAGap() {
        Series series = Series.ofSteps("gap", new double[] {1, Double.NaN, 2, 3});
        String svg =
                new LineChart(Axis.linear("step"), Axis.linear("y")).add(series).svg();
        String path = svg.substring(svg.indexOf("class=\"curve"));
        path = path.substring(path.indexOf("d=\""), path.indexOf("/>"));
        assertThat(path.chars().filter(c -> c == 'M')).hasSize(2);
        assertThat(path.chars().filter(c -> c == 'L')).hasSize(1);
    }

    @Test
    void seriesOfUnequalLengthAreRefused() {
        assertThatThrownBy(() -> Series.of("a", new double[2], new double[3])).hasMessageContaining("\"a\"");
        assertThatThrownBy(() ->
                        Series.ofSteps("a", new double[2]).withSpread(Series.Spread.BAND, new double[2], new double[1]))
                .hasMessageContaining("must agree");
    }

    @Test
    void matricesAreRedAboveAndBlueBelowZero() throws IOException {
        String svg = new HeatMap(Matrix.wrap(1, 3, 4, 0, -4), "row", "column").svg();
        MatchResult first = Pattern.compile("base64,([^\"]+)")
                .matcher(svg)
                .results()
                .findFirst()
                .orElseThrow();
        var image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(first.group(1))));
        int red = image.getRGB(0, 0);
        int blue = image.getRGB(2, 0);
        assertThat(image.getRGB(1, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(red >> 16 & 255).isGreaterThan((red & 255) + 100);
        assertThat(blue & 255).isGreaterThan((blue >> 16 & 255) + 100);
        assertThat(svg).contains(">4.00<", ">-4.00<");
    }

    @Test
    void matricesBesideEachOtherHaveTheirTitles() throws Exception {
        HeatMap map = new HeatMap(Matrix.wrap(2, 2, 1, -1, 0, 0.5f), "unit", "pixel");
        Document document =
                parsed(new ChartGrid(2).add("one", map).add("two", map).svgFile());
        assertThat(count(document, "text", "name")).isEqualTo(2);
        assertThat(count(parsed(map.svgFile()), "text", "name")).isZero();
        assertThat(document.getElementsByTagName("image").getLength()).isEqualTo(4);
    }
}
