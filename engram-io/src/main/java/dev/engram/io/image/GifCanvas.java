package dev.engram.io.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The canvas of a GIF, on which its first frame is a rectangle that may leave a part free: that part is transparent where the frame has
 * a transparent colour, and has the first colour of its palette otherwise, as Pillow reads it.
 *
 * @param width of the canvas, at least so large that the frame is on it
 * @param left where the frame begins
 */
record GifCanvas(int width, int height, int left, int top) {
    /** The canvas of the file that the reader has open, and the place of its first frame. */
    static GifCanvas of(ImageReader reader) throws IOException {
        Element screen = element(reader.getStreamMetadata(), "LogicalScreenDescriptor");
        Element frame = element(reader.getImageMetadata(0), "ImageDescriptor");
        int left = number(frame, "imageLeftPosition");
        int top = number(frame, "imageTopPosition");
        return new GifCanvas(
                Math.max(number(screen, "logicalScreenWidth"), left + number(frame, "imageWidth")),
                Math.max(number(screen, "logicalScreenHeight"), top + number(frame, "imageHeight")),
                left,
                top);
    }

    private static Element element(IIOMetadata metadata, String name) throws IOException {
        Node root = metadata.getAsTree(metadata.getNativeMetadataFormatName());
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && node.getNodeName().equals(name)) {
                return element;
            }
        }
        throw new IOException("it has no " + name);
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    /** The whole canvas with the frame on it. */
    BufferedImage with(BufferedImage frame) {
        if (frame.getWidth() == width && frame.getHeight() == height) {
            return frame;
        }
        IndexColorModel palette = (IndexColorModel) frame.getColorModel();
        WritableRaster canvas = palette.createCompatibleWritableRaster(width, height);
        int[] row = new int[width];
        Arrays.fill(row, Math.max(0, palette.getTransparentPixel()));
        for (int y = 0; y < height; y++) {
            canvas.setSamples(0, y, width, 1, 0, row);
        }
        int[] line = new int[frame.getWidth()];
        for (int y = 0; y < frame.getHeight(); y++) {
            frame.getRaster().getSamples(0, y, line.length, 1, 0, line);
            canvas.setSamples(left, top + y, line.length, 1, 0, line);
        }
        return new BufferedImage(palette, canvas, false, null);
    }
}
