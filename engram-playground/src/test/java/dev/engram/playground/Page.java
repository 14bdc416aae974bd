package dev.engram.playground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** The page as a visitor uses it. */
final class Page {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL = 50; // milliseconds

    private final ChromeDriver chrome;

    Page(ChromeDriver chrome) {
        this.chrome = chrome;
    }

    Page open(String address) {
        chrome.get(address);
        return ready();
    }

    Page ready() {
        until("the patterns", () -> "true".equals(find("body").getDomAttribute("data-ready")));
        return this;
    }

    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain for %s. The page says: %s %s"
                        .formatted(what, find("main").getText(), complaints()));
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    WebElement find(String selector) {
        return chrome.findElement(By.cssSelector(selector));
    }

    String text(String id) {
        return find("#" + id).getText();
    }

    String phase(String section) {
        return String.valueOf(find("#" + section).getDomAttribute("data-phase"));
    }

    void click(String selector) {
        until(selector, () -> find(selector).isEnabled());
        script("document.querySelector(arguments[0]).scrollIntoView({block: 'center', behavior: 'instant'})", selector);
        find(selector).click();
    }

    Page learn() {
        click("#learn-start");
        until("learning to end", () -> phase("learn").equals("DONE"));
        return this;
    }

    Page choose(String name) {
        click("#gallery button[title='" + name + "']");
        until("the chosen picture", () -> text("damage-summary").startsWith(name + ":"));
        return this;
    }

    Page recall() {
        click("#recall-start");
        until("the recall to end", () -> phase("recall").equals("DONE"));
        return this;
    }

    /** Draws a rectangle on the cue with the mouse; the corners as fractions of the picture. */
    Page rectangle(double left, double top, double right, double bottom) {
        click(".tool:has([value=box])");
        WebElement cue = find("#cue");
        script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", cue);
        int width = cue.getSize().getWidth() - 2;
        int height = cue.getSize().getHeight() - 2;
        int fromX = (int) Math.round((left - 0.5) * width);
        int fromY = (int) Math.round((top - 0.5) * height);
        int byX = (int) Math.round((right - left) * width);
        int byY = (int) Math.round((bottom - top) * height);
        new Actions(chrome)
                .moveToElement(cue, fromX, fromY)
                .clickAndHold()
                .moveByOffset(byX / 2, byY / 2)
                .moveByOffset(byX - byX / 2, byY - byY / 2)
                .release()
                .perform();
        return this;
    }

    double[] totals(String chart) {
        return Arrays.stream(String.valueOf(find("#" + chart).getDomAttribute("data-totals"))
                        .split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** What the browser complained of. */
    List<String> complaints() {
        return chrome.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    Object script(String code, Object... arguments) {
        return String.valueOf(chrome.executeScript(code, arguments));
    }

    /** Writes a picture of the whole page. */
    void screenshot(Path file) {
        Map<String, Object> shot = chrome.executeCdpCommand(
                "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "format", "png"));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
