package dev.engram.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** What a visitor does with the real page in a real browser. */
class VisitTest {
    private static Playground playground;
    private static ChromeDriver chrome;

    @BeforeAll
    static void start() {
        chrome = Chromium.start();
        playground = Playground.start(PlaygroundOptions.defaults());
    }

    @AfterAll
    static void stop() {
        if (chrome != null) {
            chrome.quit();
            playground.close();
        }
    }

    private static Page visit() {
        return new Page(chrome).open(playground.address().toString());
    }

    @Test
    void anErasedLowerHalfComesBack() {
        long began = System.nanoTime();
        Page page = visit().learn().choose("ch").rectangle(0, 32, 63, 63);
        page.until("the erased half", () -> page.text("damage-summary").contains("50 % missing"));
        page.recall();
        System.out.printf("first recalled picture after %.1f s%n", (System.nanoTime() - began) / 1e9);

        page.click("#play"); // stop the replay, then look at the last step
        page.script(
                "const p = document.getElementById('position'); p.value = p.max; p.dispatchEvent(new Event('input'))");
        page.until("the last step", () -> Double.parseDouble(page.text("fact-mse")) < 0.001);
        assertThat(page.text("recall-summary")).contains("came back");
        double[] totals = page.totals("recall-chart");
        assertThat(totals).hasSizeGreaterThan(20);
        for (int i = 1; i < totals.length; i++) {
            assertThat(totals[i])
                    .as("energy at step %d", i)
                    .isLessThanOrEqualTo(totals[i - 1] + rounding(totals[i - 1]));
        }
        assertThat(totals[totals.length - 1]).isLessThan(totals[0] / 1000);
        assertThat(page.complaints()).isEmpty();
    }

    /** By how much the energy of a picture of 64 x 64 x 3 floats may seem to rise: errors of 1e-7 in each of its values. */
    private static double rounding(double energy) {
        return 1e-7 * (energy + Math.sqrt(energy * 64 * 64 * 3));
    }

    /** As engram play opens it: the token stands in a file of the user's, and not in what the browser is started with. */
    @Test
    void aFileOfTheUsersLeadsToThePageWhichKeepsNoCookie(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("lead.html"),
                "<meta http-equiv=\"refresh\" content=\"0;url=%s\">".formatted(playground.address()));
        chrome.get(file.toUri().toString());
        Page page = new Page(chrome);
        page.until("the page", () -> String.valueOf(chrome.getCurrentUrl()).contains("/s/"));
        page.ready();
        String first = String.valueOf(chrome.getCurrentUrl());
        assertThat(first).doesNotContain("token");
        assertThat(chrome.manage().getCookies()).isEmpty();

        page.click("#new-session");
        page.until("another session", () -> !first.equals(chrome.getCurrentUrl()));
        page.ready();
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void badFilesAreExplained(@TempDir Path folder) throws IOException {
        Page page = visit();
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello world");
        page.find("#own-files").sendKeys(text.toString());
        page.until("a message", () -> page.text("patterns-message").contains("notes.txt begins with the bytes"));
        Path memory = Files.writeString(folder.resolve("broken.engram"), "hello world");
        page.find("#memory-file").sendKeys(memory.toString());
        page.until("a message", () -> page.text("learn-message").contains("broken.engram"));
        page.complaints(); // the browser logs the refused requests
    }

    @Test
    void learningSurvivesAReload() {
        Page page = visit();
        page.script("document.querySelector('.options').open = true");
        page.find("#updates").sendKeys("30");
        page.click("#learn-start");
        page.until("learning to begin", () -> page.phase("learn").equals("RUNNING"));
        chrome.navigate().refresh();
        page.ready();
        page.until(
                "learning to be there again", () -> page.text("learn-summary").contains("of 30"));
        page.until("learning to end", () -> page.phase("learn").equals("DONE"));
        assertThat(page.totals("learn-chart")).hasSize(30);
    }

    @Test
    void twoTabsHaveTwoSessionsAndOneSessionMayHaveTwoTabs() {
        Page first = visit().choose("ch");
        String address = String.valueOf(chrome.getCurrentUrl());
        String firstWindow = chrome.getWindowHandle();
        chrome.switchTo().newWindow(WindowType.TAB);
        Page second = visit().choose("jp");
        assertThat(chrome.getCurrentUrl()).isNotEqualTo(address);
        chrome.get(address);
        second.ready();
        second.until(
                "the other tab's picture", () -> second.text("damage-summary").startsWith("ch:"));
        second.choose("se");
        Set<String> windows = chrome.getWindowHandles();
        chrome.close();
        assertThat(windows).hasSize(2);
        chrome.switchTo().window(firstWindow);
        first.until(
                "news from the other tab", () -> first.text("damage-summary").startsWith("se:"));
    }

    @Test
    void thePictureFollowsTheNoiseSlider() {
        Page page = visit().choose("ch");
        String before = String.valueOf(page.script("return document.getElementById('cue').toDataURL()"));
        page.find("#noise").sendKeys(Keys.END);
        page.until("noise", () -> page.text("damage-summary").contains("noise of variance 0.50"));
        assertThat(page.text("noise-text")).isEqualTo("variance 0.50, std 0.71");
        assertThat(page.script("return document.getElementById('cue').toDataURL()"))
                .isNotEqualTo(before);
        page.click("#undo");
        page.until("the picture as it was", () -> page.text("damage-summary").contains("undamaged"));
    }

    @Test
    void theKeyboardErasesToo() {
        Page page = visit().choose("ch");
        page.find("#cue").sendKeys(Keys.ARROW_RIGHT, " ");
        page.until("damage", () -> page.text("damage-summary").contains("% missing"));
    }
}
