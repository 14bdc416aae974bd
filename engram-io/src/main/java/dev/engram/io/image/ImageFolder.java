package dev.engram.io.image;

import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pictures of a folder, sorted by name ({@link NameOrder}), found without decoding any.
 *
 * <p>Pictures lie in the folder itself, or, if there are none, in its sub-folders (one per class, sorted): directly or
 * in their folder {@code images}. Of a folder with a sub-folder {@code train} of that kind (Tiny ImageNet), {@code
 * train} is taken.
 *
 * @param files in order
 * @param names one per file, relative to the folder, parts separated by {@code /}
 */
public record ImageFolder(List<Path> files, List<String> names, List<String> notes) {
    private static final String TRAIN = "train";
    private static final String IMAGES = "images";

    /**
     * The first pictures of the folder, in the order of the characters of their names.
     *
     * @param most how many are wanted
     * @throws InputException if there is none
     */
    public static ImageFolder find(Path folder, int most) {
        return find(folder, most, NameOrder.CHARACTERS);
    }

    /** The same in another order. */
    public static ImageFolder find(Path folder, int most, NameOrder order) {
        Finder finder = new Finder(most, order);
        finder.addFrom(folder, "");
        if (finder.files.isEmpty()) {
            List<Path> classes = finder.subFolders(folder);
            Path train = folder.resolve(TRAIN);
            if (classes.contains(train)) {
                classes = Stream.concat(Stream.of(train), finder.subFolders(train).stream())
                        .toList();
                finder.notes.add("The pictures in the sub-folder train were read, no others.");
            }
            for (Path one : classes) {
                String prefix = folder.relativize(one).toString().replace('\\', '/') + "/";
                finder.addFrom(one, prefix);
                finder.addFrom(one.resolve(IMAGES), prefix);
            }
        }
        if (finder.files.isEmpty()) {
            throw new InputException(
                    ("The folder %s has no pictures in it or in its sub-folders; PNG, JPEG, GIF or BMP files were "
                                    + "expected. Maybe it is the wrong folder.")
                            .formatted(folder));
        }
        if (finder.ignored > 0) {
            finder.notes.add("%d hidden files or files that are not pictures were ignored.".formatted(finder.ignored));
        }
        finder.sayOrder();
        return new ImageFolder(List.copyOf(finder.files), List.copyOf(finder.names), List.copyOf(finder.notes));
    }

    private static final class Finder {
        private final int most;
        private final NameOrder order;
        private final List<Path> files = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private int ignored;

        Finder(int most, NameOrder order) {
            this.most = most;
            this.order = order;
        }

        /** Adds the pictures directly in the folder; an absent folder has none. */
        void addFrom(Path folder, String prefix) {
            if (files.size() >= most || !Files.isDirectory(folder)) {
                return;
            }
            for (Path file : sorted(folder)) {
                if (files.size() < most && Files.isRegularFile(file)) {
                    add(file, prefix);
                }
            }
        }

        private void add(Path file, String prefix) {
            String name = file.getFileName().toString();
            if (name.equals(OutputFolder.LIST)) {
                return;
            }
            if (name.startsWith(".") || !ImageDecoder.isPicture(file)) {
                ignored++;
                return;
            }
            files.add(file);
            names.add(prefix + name);
        }

        /** Says where the order is not that in which most programs list the names. */
        void sayOrder() {
            for (int i = 1; i < names.size() && order != NameOrder.CHARACTERS; i++) {
                if (names.get(i - 1).compareTo(names.get(i)) > 0) {
                    notes.add("The pictures were taken in the order of the numbers in their names: %s before %s."
                            .formatted(names.get(i - 1), names.get(i)));
                    return;
                }
            }
        }

        List<Path> subFolders(Path folder) {
            return sorted(folder).stream()
                    .filter(p -> !p.getFileName().toString().startsWith(".") && Files.isDirectory(p))
                    .toList();
        }

        private List<Path> sorted(Path folder) {
            try (Stream<Path> entries = Files.list(folder)) {
                return entries.sorted(order.ofFiles()).toList();
            } catch (IOException e) {
                throw Inputs.unreadable(folder, e);
            }
        }
    }
}
