package dev.engram.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** How the page looks with everything on it, wide and narrow, light and dark. Pictures of it are left in target/screens. */
class AppearanceTest {
    private static final Path SCREENS = Path.of("target", "screens");

    private static Playground playground;
    private static ChromeDriver chrome;
    private static Page page;

    @BeforeAll
    static void fillThePage() {
        chrome = Chromium.start();
        playground = Playground.start(PlaygroundOptions.defaults());
        page = new Page(chrome).open(playground.address().toString());
        page.screenshot(SCREENS.resolve("first.png"));
        page.script("document.getElementById('flag-size').value = '32'");
        page.click("#use-flags");
        page.until("smaller flags", () -> page.text("patterns-summary").contains("32 × 32"));
        page.learn().choose("ch");
        page.click("[data-region='bottom:0.5']");
        page.until("the damage", () -> page.text("damage-summary").contains("50 %"));
        page.recall();
        page.until("the last step", () -> page.text("fact-mse").contains("e-"));
        page.click("#compare-start");
        page.until("the answers", () -> page.phase("compare").equals("DONE"));
        page.click("#landscape-start");
        page.until("the slice", () -> page.phase("landscape").equals("DONE"));
    }

    @AfterAll
    static void stop() {
        if (chrome != null) {
            chrome.quit();
            playground.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"390,light", "390,dark", "1440,light", "1440,dark", "1920,light"})
    void nothingOverflowsAndAxeFindsNothingSerious(int width, String scheme) throws IOException {
        Chromium.scheme(chrome, scheme);
        Chromium.width(chrome, width, width < 700 ? 844 : 1000);
        page.until("the scheme", () -> page.script("return document.documentElement.dataset.theme")
                .equals(scheme));
        page.script("scrollTo(0, 0)");
        page.screenshot(SCREENS.resolve("%d-%s.png".formatted(width, scheme)));

        assertThat(page.script("return document.documentElement.scrollWidth")).isEqualTo(String.valueOf(width));
        assertThat(
                        page.script(
                                "return [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.id || e.className).join(' ')"))
                .isEqualTo("");
        assertThat(seriousFindings()).isEmpty();
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void theSwitchChangesTheSchemeAndIsRemembered() {
        Chromium.scheme(chrome, "light");
        page.click("#theme");
        assertThat(page.script("return document.documentElement.dataset.theme")).isEqualTo("dark");
        chrome.navigate().refresh();
        page.ready();
        assertThat(page.script("return document.documentElement.dataset.theme")).isEqualTo("dark");
        page.script("localStorage.clear()");
        chrome.navigate().refresh();
        page.ready();
    }

    private static String seriousFindings() throws IOException {
        try (InputStream axe = Objects.requireNonNull(AppearanceTest.class.getResourceAsStream("/axe.min.js"))) {
            chrome.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return String.valueOf(chrome.executeAsyncScript("""
                const done = arguments[0];
                axe.run(document, { resultTypes: ["violations"] }).then(found => done(found.violations
                    .filter(v => v.impact === "serious" || v.impact === "critical")
                    .map(v => v.id + ": " + v.nodes.slice(0, 4).map(n => n.target + " " + n.failureSummary).join("; ")).join("\\n")));
                """));
    }
}
