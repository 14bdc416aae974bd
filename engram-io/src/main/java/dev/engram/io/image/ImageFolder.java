package dev.engram.io.image;

import static java.util.Map.entry;

import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    /** Pictures by the ends of their names, of formats that are not read. */
    private static final Map<String, String> OTHER_FORMATS = Map.ofEntries(
            entry("webp", "WebP"),
            entry("tif", "TIFF"),
            entry("tiff", "TIFF"),
            entry("avif", "AVIF"),
            entry("heic", "HEIC"),
            entry("heif", "HEIC"),
            entry("jp2", "JPEG 2000"),
            entry("jxl", "JPEG XL"),
            entry("svg", "SVG"),
            entry("psd", "PSD"),
            entry("tga", "TGA"),
            entry("pgm", "PGM"),
            entry("ppm", "PPM"));

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
        if (!finder.files.isEmpty()) {
            finder.noteHidden(folder);
        } else {
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
                                    + "expected. %sMaybe it is the wrong folder.")
                            .formatted(
                                    folder,
                                    String.join(
                                            "",
                                            finder.leftOut().stream()
                                                    .map(note -> note + " ")
                                                    .toList())));
        }
        finder.notes.addAll(finder.leftOut());
        finder.sayOrder();
        return new ImageFolder(List.copyOf(finder.files), List.copyOf(finder.names), List.copyOf(finder.notes));
    }

    private static final class Finder {
        private final int most;
        private final NameOrder order;
        private final List<Path> files = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<String> leadNowhere = new ArrayList<>();
        private final Map<String, Integer> ofOtherFormats = new TreeMap<>();
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
                if (files.size() < most && !Files.isDirectory(file)) {
                    add(file, prefix);
                }
            }
        }

        private void add(Path file, String prefix) {
            String name = file.getFileName().toString();
            if (name.equals(OutputFolder.LIST)) {
                return;
            }
            if (Files.isSymbolicLink(file) && !Files.exists(file)) {
                leadNowhere.add(prefix + name);
            } else if (name.startsWith(".") || !Files.isRegularFile(file)) {
                ignored++;
            } else if (ImageDecoder.isPicture(file)) {
                files.add(file);
                names.add(prefix + name);
            } else {
                String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
                Optional<String> format = Optional.ofNullable(OTHER_FORMATS.get(suffix));
                format.ifPresentOrElse(known -> ofOtherFormats.merge(known, 1, Integer::sum), () -> ignored++);
            }
        }

        /** What lies where pictures were looked for, and is none that can be read. */
        List<String> leftOut() {
            List<String> left = new ArrayList<>();
            if (!ofOtherFormats.isEmpty()) {
                int count = ofOtherFormats.values().stream().mapToInt(i -> i).sum();
                String formats = ofOtherFormats.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", "));
                left.add("%d %s of a format that is not read (%s), left out. Maybe convert to PNG first."
                        .formatted(count, count == 1 ? "picture is" : "pictures are", formats));
            }
            if (!leadNowhere.isEmpty()) {
                int count = leadNowhere.size();
                left.add("%d %s nowhere, left out: %s%s."
                        .formatted(
                                count,
                                count == 1 ? "link leads" : "links lead",
                                leadNowhere.get(0),
                                count == 1 ? "" : " and others"));
            }
            if (ignored > 0) {
                left.add(
                        ignored == 1
                                ? "1 hidden file or file that is no picture was ignored."
                                : "%d hidden files or files that are not pictures were ignored.".formatted(ignored));
            }
            return left;
        }

        /** Pictures in the folder itself hide those of its sub-folders. */
        void noteHidden(Path folder) {
            List<Long> hidden = subFolders(folder).stream()
                    .map(one -> pictureNames(one) + pictureNames(one.resolve(IMAGES)))
                    .filter(count -> count > 0)
                    .toList();
            if (!hidden.isEmpty()) {
                long pictures = hidden.stream().mapToLong(i -> i).sum();
                notes.add(
                        "%d picture%s in %d sub-folder%s not read, because there are pictures in the folder itself (%s). Maybe move these away, or name a sub-folder."
                                .formatted(
                                        pictures,
                                        pictures == 1 ? "" : "s",
                                        hidden.size(),
                                        (hidden.size() == 1 ? "" : "s") + (pictures == 1 ? " was" : " were"),
                                        names.get(0)));
            }
        }

        private long pictureNames(Path folder) {
            return Files.isDirectory(folder)
                    ? sorted(folder).stream()
                            .filter(file -> ImageDecoder.hasPictureName(file) && Files.isRegularFile(file))
                            .count()
                    : 0;
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
