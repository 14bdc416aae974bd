package dev.engram.io.image;

/**
 * Brings a picture to another size: a triangle filter along each axis, as wide as one source pixel when enlarging
 * (linear interpolation) and as wide as the reduction when reducing (so that no source pixel is passed over).
 *
 * <pre>
 * out(i) = Σ_j w(j) in(j) / Σ_j w(j),  w(j) = max(0, 1 - |j + ½ - c| / r)
 * c = (i + ½) s,  s = from / to,  r = max(1, s)
 * </pre>
 */
public final class Resampler {
    private Resampler() {}

    /** The picture {@code [height, width, channels]} as {@code [toHeight, toWidth, channels]}. */
    public static float[] resize(float[] values, int width, int height, int channels, int toWidth, int toHeight) {
        float[] narrow = alongAxis(values, height, width, channels, toWidth);
        return alongAxis(narrow, 1, height, toWidth * channels, toHeight);
    }

    /** Resizes the middle axis of {@code [outer, from, inner]} to {@code to}. */
    private static float[] alongAxis(float[] in, int outer, int from, int inner, int to) {
        if (from == to) {
            return in;
        }
        float[] out = new float[Math.multiplyExact(Math.multiplyExact(outer, to), inner)];
        double scale = (double) from / to;
        double radius = Math.max(1, scale);
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int first = Math.max(0, (int) Math.floor(centre - radius));
            int last = Math.min(from - 1, (int) Math.ceil(centre + radius));
            double[] weights = new double[last - first + 1];
            double sum = 0;
            for (int j = first; j <= last; j++) {
                weights[j - first] = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / radius);
                sum += weights[j - first];
            }
            for (int j = first; j <= last; j++) {
                float weight = (float) (weights[j - first] / sum);
                for (int o = 0; o < outer; o++) {
                    int source = (o * from + j) * inner;
                    int target = (o * to + i) * inner;
                    for (int k = 0; k < inner; k++) {
                        out[target + k] += weight * in[source + k];
                    }
                }
            }
        }
        return out;
    }
}
