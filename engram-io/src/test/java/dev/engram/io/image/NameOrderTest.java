package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameOrderTest {
    @TempDir
    Path folder;

    private static List<String> sorted(NameOrder order, List<String> names) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(3));
        return shuffled.stream()
                .map(Path::of)
                .sorted(order.ofFiles())
                .map(Path::toString)
                .toList();
    }

    @Test
    void digitsThatStandTogetherAreOneNumber() {
        for (List<String> names : List.of(
                List.of("frame1.png", "frame2.png", "frame9.png", "frame10.png", "frame12.png", "frame100.png"),
                List.of("0.png", "00.png", "01.png", "1.png", "2.png", "10.png"), // the same number: by characters
                List.of("a", "a1", "a1b2", "a1b10", "a2", "b0"),
                List.of("take-2.png", "take-10.png", "take.png"),
                List.of("9", "123456789012345678901234567890", "223456789012345678901234567890", "x"))) {
            assertThat(sorted(NameOrder.NUMBERS, names)).isEqualTo(names);
        }
    }

    @Test
    void charactersAreTheOrderOfAllOtherFolders() {
        assertThat(sorted(NameOrder.CHARACTERS, List.of("frame1", "frame10", "frame2")))
                .containsExactly("frame1", "frame10", "frame2");
    }

    @Test
    void itIsAnOrder() {
        Random random = new Random(5);
        List<Path> names = Stream.generate(() -> {
                    StringBuilder name = new StringBuilder();
                    IntStream.range(0, 1 + random.nextInt(5))
                            .forEach(i -> name.append("019a-b".charAt(random.nextInt(6))));
                    return Path.of(name.toString());
                })
                .limit(60)
                .toList();
        for (Path a : names) {
            for (Path b : names) {
                int order = Integer.signum(NameOrder.NUMBERS.ofFiles().compare(a, b));
                assertThat(order)
                        .isEqualTo(-Integer.signum(NameOrder.NUMBERS.ofFiles().compare(b, a)));
                assertThat(order == 0).isEqualTo(a.equals(b));
                for (Path c : names) {
                    if (order < 0 && NameOrder.NUMBERS.ofFiles().compare(b, c) < 0) {
                        assertThat(NameOrder.NUMBERS.ofFiles().compare(a, c)).isNegative();
                    }
                }
            }
        }
    }

    @Test
    void aFolderSaysWhereItsOrderIsAnother() {
        for (int k : new int[] {2, 10}) {
            ImageWriter.writePng(folder.resolve("f%d.png".formatted(k)), new float[4], Shape.of(2, 2));
        }
        ImageFolder plain = ImageFolder.find(folder, 9);
        assertThat(plain.names()).containsExactly("f10.png", "f2.png");
        assertThat(plain.notes()).isEmpty();
        ImageFolder numbered = ImageFolder.find(folder, 9, NameOrder.NUMBERS);
        assertThat(numbered.names()).containsExactly("f2.png", "f10.png");
        assertThat(numbered.notes())
                .containsExactly(
                        "The pictures were taken in the order of the numbers in their names: f2.png before f10.png.");
        assertThat(ImageFolder.find(folder, 1, NameOrder.NUMBERS).names()).containsExactly("f2.png");
    }
}
