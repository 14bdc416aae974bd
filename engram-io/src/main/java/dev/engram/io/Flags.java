package dev.engram.io;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.view.ViewBox;
import dev.engram.io.file.InputException;
import dev.engram.io.image.ImageSize;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * The default data set: the square flags of the flag-icons package (MIT licence), a dependency of this one.
 *
 * <p>The SVGs are drawn by jsvg, anti-aliased, on white: what a flag leaves transparent is white. Some countries share
 * a flag; of pictures equal in every pixel the first by country code is kept.
 *
 * <p>Drawing uses {@code java.awt}; a program without a display should set {@code java.awt.headless=true} at its start.
 */
public final class Flags {
    private static final String FOLDER = "META-INF/resources/webjars/flag-icons/7.2.3/flags/1x1/";
    private static final String SUFFIX = ".svg";
    private static final String ANY_FLAG = "ad.svg";
    private static final int CHANNELS = 3;
    private static final int LARGEST = 4096;

    /** What they are called where a path is expected. */
    public static final String NAME = "flags";

    private static final int USUAL_SIZE = 64;

    private Flags() {}

    /**
     * The flags as other patterns are read: all or the first of them, 64x64 or in the size that is wanted.
     *
     * @throws InputException if that is not a square
     */
    public static PatternSet read(ReadOptions options) {
        int size = options.resize()
                .map(Flags::side)
                .or(() -> options.size()
                        .filter(like -> like.width() == like.height() && like.width() <= LARGEST)
                        .map(ImageSize::width))
                .orElse(USUAL_SIZE);
        PatternSet all = read(size);
        int count = options.count(all.count());
        return count == all.count()
                ? all
                : PatternSet.of(
                        all.patterns().slice(0, count), all.shape(), all.names().subList(0, count), all.notes());
    }

    private static int side(ImageSize size) {
        if (size.width() != size.height() || size.width() > LARGEST) {
            throw new InputException("The flags are squares of at most %d pixels, not %s. Maybe use --resize 64x64."
                    .formatted(LARGEST, size));
        }
        return size.width();
    }

    /**
     * All distinct flags, {@code [size, size, 3]} in [0, 1], sorted by code, which is their name: countries, and a few
     * regions and organisations.
     *
     * @param size height and width in pixels, 1 to 4096
     * @throws IllegalStateException if the flag-icons package is not on the class path
     */
    public static PatternSet read(int size) {
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException(
                    "The size (%d) of the flags must be from 1 to %d pixels.".formatted(size, LARGEST));
        }
        List<URL> files = files();
        // Parallel: drawing all 270 one after the other takes seconds.
        List<float[]> drawn = files.parallelStream().map(url -> draw(url, size)).toList();
        Map<Pixels, String> distinct = new LinkedHashMap<>();
        for (int i = 0; i < drawn.size(); i++) {
            distinct.putIfAbsent(new Pixels(drawn.get(i)), code(files.get(i)));
        }
        float[][] rows = distinct.keySet().stream().map(Pixels::values).toArray(float[][]::new);
        int dropped = drawn.size() - rows.length;
        List<String> notes = dropped == 0
                ? List.of()
                : List.of("%d of %d flags look exactly like another at this size and were left out."
                        .formatted(dropped, drawn.size()));
        return PatternSet.of(
                Matrix.ofRows(rows), Shape.of(size, size, CHANNELS), List.copyOf(distinct.values()), notes);
    }

    /** Equal when every pixel is. */
    private record Pixels(float[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Pixels p && Arrays.equals(values, p.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private static float[] draw(URL svg, int size) {
        SVGDocument document = Optional.ofNullable(new SVGLoader().load(svg))
                .orElseThrow(() -> new IllegalStateException("The flag %s cannot be parsed.".formatted(svg)));
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, size, size);
            document.renderWithPlatform(NullPlatformSupport.INSTANCE, graphics, new ViewBox(size, size));
        } finally {
            graphics.dispose();
        }
        float[] values = new float[size * size * CHANNELS];
        int[] pixels = image.getRaster().getPixels(0, 0, size, size, (int[]) null);
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i] / 255f;
        }
        return values;
    }

    private static String code(URL svg) {
        String path = svg.getPath();
        return path.substring(path.lastIndexOf('/') + 1, path.length() - SUFFIX.length());
    }

    /** The SVGs in the jar that holds them, sorted. */
    private static List<URL> files() {
        URL any = Optional.ofNullable(Flags.class.getClassLoader().getResource(FOLDER + ANY_FLAG))
                .orElseThrow(
                        () -> new IllegalStateException("The flags are not on the class path. Maybe add the dependency "
                                + "org.webjars.npm:flag-icons:7.2.3."));
        try {
            if (!(any.openConnection() instanceof JarURLConnection connection)) {
                throw new IllegalStateException("The flags at %s are not in a jar.".formatted(any));
            }
            // Uncached, so that closing the jar closes ours and not one the class loader shares.
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                List<String> names = jar.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(FOLDER) && name.endsWith(SUFFIX))
                        // By code: as file names, es-ct.svg would stand before es.svg.
                        .sorted(Comparator.comparing(name -> name.substring(0, name.length() - SUFFIX.length())))
                        .toList();
                List<URL> urls = new ArrayList<>();
                for (String name : names) {
                    urls.add(new URL(any, "/" + name));
                }
                return urls;
            }
        } catch (MalformedURLException e) {
            throw new AssertionError("A name in a jar makes a URL.", e);
        } catch (IOException e) {
            throw new IllegalStateException("The flags at %s cannot be read.".formatted(any), e);
        }
    }
}
