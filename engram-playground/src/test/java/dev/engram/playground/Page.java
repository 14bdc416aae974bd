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
    private static final Duration PATIENCE = Duration.ofSeconds(60);
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

    /**
     * Draws a rectangle on the cue with the mouse, from the middle of one pixel of the picture to that of another: their edges lie between
     * pixels of the screen, and there a rounded position may be on either side.
     */
    Page rectangle(int fromColumn, int fromRow, int toColumn, int toRow) {
        click(".tool:has([value=box])");
        WebElement cue = find("#cue");
        script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", cue);
        int columns = Integer.parseInt(String.valueOf(cue.getDomProperty("width")));
        int rows = Integer.parseInt(String.valueOf(cue.getDomProperty("height")));
        int fromX = fromMiddle(fromColumn, columns, cue.getSize().getWidth());
        int fromY = fromMiddle(fromRow, rows, cue.getSize().getHeight());
        int toX = fromMiddle(toColumn, columns, cue.getSize().getWidth());
        int toY = fromMiddle(toRow, rows, cue.getSize().getHeight());
        new Actions(chrome)
                .moveToElement(cue, fromX, fromY)
                .clickAndHold()
                .moveToElement(cue, (fromX + toX) / 2, (fromY + toY) / 2)
                .moveToElement(cue, toX, toY)
                .release()
                .perform();
        return this;
    }

    private static int fromMiddle(int pixel, int pixels, int length) {
        return (int) Math.round(((pixel + 0.5) / pixels - 0.5) * length);
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
