package outside;

import dev.engram.network.Activation;

/**
 * f(x) = ln(1 + exp(k x)) / k, as a user writes it.
 *
 * @param sharpness k
 */
public record Softplus(double sharpness) implements Activation {
    /** The one that files name. */
    public Softplus() {
        this(1);
    }

    @Override
    public String word() {
        return "softplus";
    }

    @Override
    public void values(float[] x, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            double kx = sharpness * x[i];
            out[i] = (float) ((Math.max(kx, 0) + Math.log1p(Math.exp(-Math.abs(kx)))) / sharpness);
        }
    }

    @Override
    public void slopes(float[] x, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = (float) (1 / (1 + Math.exp(-sharpness * x[i])));
        }
    }

    @Override
    public double steepest() {
        return 1;
    }
}
