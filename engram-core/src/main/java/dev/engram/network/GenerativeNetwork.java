package dev.engram.network;

import dev.engram.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A generative predictive-coding network (PCN): a chain of layers, each predicted by the one above, the top one by a memory vector.
 *
 * <pre>
 *   μ^l = θ^{l+1} f(x^{l+1})   for 0 ≤ l &lt; L          (Eq. 1)
 *   μ^L = b
 * </pre>
 *
 * <table>
 *   <caption>Symbols</caption>
 *   <tr><td>L</td><td>{@link #hiddenLayers()}</td><td>layer 0 is sensory, layer L is the memory</td></tr>
 *   <tr><td>θ^l</td><td>{@link #map(int)}</td><td>[size(l-1), size(l)], that is [out, in]; predicts layer l-1 from layer l</td></tr>
 *   <tr><td>b</td><td>{@link #memoryVector()}</td><td>[size(L)]; {@link #withPriorMeans} puts a vector for each cue in its place</td></tr>
 *   <tr><td>f</td><td>{@link #activation()}</td><td></td></tr>
 *   <tr><td>λ</td><td>{@link #priorPrecision()}</td><td>weight of the top layer's error in the energy; 1 in the paper</td></tr>
 * </table>
 *
 * <p>The weights and the memory vector are live: learning writes into them. Salvatori et al. 2021, section 2.
 */
public final class GenerativeNetwork implements Serializable {
    private static final long serialVersionUID = 1;
    private final int[] sizes;
    private final Activation activation;
    private final LinearMap[] maps;
    private final float[] memoryVector;
    private final PriorMeans priorMeans;
    private final double priorPrecision;

    private GenerativeNetwork(
            int[] sizes,
            Activation activation,
            LinearMap[] maps,
            float[] memoryVector,
            PriorMeans priorMeans,
            double priorPrecision) {
        this.sizes = sizes;
        this.activation = activation;
        this.maps = maps;
        this.memoryVector = memoryVector;
        this.priorMeans = priorMeans;
        this.priorPrecision = priorPrecision;
    }

    /**
     * A network over the given parameters, without copying them.
     *
     * @param weights θ^1 .. θ^L, each [size of the layer below, size of the layer]
     * @param memoryVector b, as long as the last layer
     * @param priorPrecision λ, above 0
     * @throws IllegalArgumentException if the shapes do not chain or λ is out of range
     */
    public static GenerativeNetwork of(
            Activation activation, List<Matrix> weights, float[] memoryVector, double priorPrecision) {
        return ofMaps(activation, weights.stream().map(LinearMap.Dense::new).toList(), memoryVector, priorPrecision);
    }

    /** {@link #of} for weights that are not kept as matrices. */
    public static GenerativeNetwork ofMaps(
            Activation activation, List<? extends LinearMap> maps, float[] memoryVector, double priorPrecision) {
        if (maps.isEmpty()) {
            throw new IllegalArgumentException(
                    "A generative network needs at least one weight matrix (one hidden layer).");
        }
        int[] sizes = new int[maps.size() + 1];
        LinearMap[] theta = new LinearMap[sizes.length];
        sizes[0] = maps.get(0).rows();
        for (int l = 1; l < sizes.length; l++) {
            theta[l] = maps.get(l - 1);
            if (theta[l].rows() != sizes[l - 1]) {
                throw new IllegalArgumentException("The weights of layer %d have %d rows; layer %d has %d value nodes."
                        .formatted(l, theta[l].rows(), l - 1, sizes[l - 1]));
            }
            sizes[l] = theta[l].columns();
        }
        int top = sizes[sizes.length - 1];
        if (memoryVector.length != top) {
            throw new IllegalArgumentException("The memory vector has %d values; the top layer has %d value nodes."
                    .formatted(memoryVector.length, top));
        }
        requirePositive("prior precision", priorPrecision);
        requirePositive("largest slope of the activation " + activation.word(), activation.steepest());
        return new GenerativeNetwork(
                sizes, activation, theta, memoryVector, PriorMeans.shared(memoryVector), priorPrecision);
    }

    /**
     * A network with random parameters.
     *
     * @param sizes value nodes per layer, sensory layer first; at least two layers, each at least 1
     */
    public static GenerativeNetwork random(
            List<Integer> sizes,
            Activation activation,
            Initialisation initialisation,
            double priorPrecision,
            RandomGenerator random) {
        if (sizes.size() < 2 || sizes.stream().anyMatch(s -> s < 1)) {
            throw new IllegalArgumentException(
                    "The layer sizes %s must name a sensory layer and at least one hidden layer, each of at least 1 value node."
                            .formatted(sizes));
        }
        List<Matrix> weights = IntStream.range(1, sizes.size())
                .mapToObj(l -> {
                    Matrix theta = Matrix.zeros(sizes.get(l - 1), sizes.get(l));
                    double std = l == 1 ? initialisation.sensoryStd() : initialisation.hiddenStd(sizes.get(l));
                    fill(theta.data(), 0, std, random);
                    return theta;
                })
                .toList();
        float[] b = new float[sizes.get(sizes.size() - 1)];
        fill(b, initialisation.memoryMean(), initialisation.memoryStd(), random);
        return of(activation, weights, b, priorPrecision);
    }

    private static void fill(float[] values, double mean, double std, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (std == 0 ? mean : mean + std * random.nextGaussian());
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("The %s (%s) must be positive and finite.".formatted(name, value));
        }
    }

    /** L: the number of layers above the sensory one. */
    public int hiddenLayers() {
        return sizes.length - 1;
    }

    /** How many value nodes layer l has, 0 ≤ l ≤ L. */
    public int size(int layer) {
        return sizes[layer];
    }

    /** Value nodes per layer, sensory layer first. */
    public List<Integer> sizes() {
        return Arrays.stream(sizes).boxed().toList();
    }

    public Activation activation() {
        return activation;
    }

    /** θ^l, 1 ≤ l ≤ L, as what it does. */
    public LinearMap map(int layer) {
        return maps[layer];
    }

    /**
     * θ^l, 1 ≤ l ≤ L, as a matrix [size(l-1), size(l)]; live.
     *
     * @throws IllegalStateException if it is not kept as one ({@link LinearMap.Spanned}); then see {@link #map}
     */
    public Matrix weights(int layer) {
        if (maps[layer] instanceof LinearMap.Dense dense) {
            return dense.theta();
        }
        throw new IllegalStateException(
                "The weights of layer %d are kept in the span of the patterns, not as a matrix. Maybe use map(%d).matrix(la)."
                        .formatted(layer, layer));
    }

    /** b; live. */
    public float[] memoryVector() {
        return memoryVector;
    }

    /** λ, the precision of the top layer's prediction. */
    public double priorPrecision() {
        return priorPrecision;
    }

    /** The precision of the prediction of layer l: λ at the top, 1 elsewhere. */
    public double precision(int layer) {
        return layer == hiddenLayers() ? priorPrecision : 1;
    }

    /** The same network (sharing its other parameters) with other sensory weights, also for another number of sensory nodes. */
    public GenerativeNetwork withSensoryMap(LinearMap sensory) {
        List<LinearMap> all = new ArrayList<>(List.of(sensory));
        all.addAll(Arrays.asList(maps).subList(2, maps.length));
        return ofMaps(activation, all, memoryVector, priorPrecision).withPriorMeans(priorMeans);
    }

    /** The same network (sharing its parameters) with another prior precision. */
    public GenerativeNetwork withPriorPrecision(double lambda) {
        requirePositive("prior precision", lambda);
        return new GenerativeNetwork(sizes, activation, maps, memoryVector, priorMeans, lambda);
    }

    /** What predicts the top layer: b for every cue, unless {@link #withPriorMeans} said otherwise. */
    public PriorMeans priorMeans() {
        return priorMeans;
    }

    /**
     * The same network (sharing its parameters) in which μ^L is the given means instead of b.
     *
     * @throws IllegalArgumentException if they are not as long as the top layer
     */
    public GenerativeNetwork withPriorMeans(PriorMeans means) {
        if (means.size() != size(hiddenLayers())) {
            throw new IllegalArgumentException("The prior means have %d values; the top layer has %d value nodes."
                    .formatted(means.size(), size(hiddenLayers())));
        }
        return new GenerativeNetwork(sizes, activation, maps, memoryVector, means, priorPrecision);
    }

    /** The same network (sharing its parameters) for the named cues of a batch only. */
    public GenerativeNetwork forCues(int... cues) {
        return priorMeans.isShared() ? this : withPriorMeans(priorMeans.cues(cues));
    }

    /** A network with parameters of its own, and b for its prior mean. */
    public GenerativeNetwork copy() {
        LinearMap[] theta = new LinearMap[maps.length];
        for (int l = 1; l < maps.length; l++) {
            theta[l] = maps[l].copy();
        }
        float[] b = memoryVector.clone();
        return new GenerativeNetwork(sizes, activation, theta, b, PriorMeans.shared(b), priorPrecision);
    }

    /** Whether every parameter is finite. */
    public boolean isFinite() {
        return Matrix.wrap(1, memoryVector.length, memoryVector).isFinite()
                && Arrays.stream(maps).skip(1).allMatch(LinearMap::isFinite);
    }

    /** For example {@code 12288-1024 RELU}. */
    @Override
    public String toString() {
        return "%s %s"
                .formatted(
                        String.join("-", sizes().stream().map(String::valueOf).toList()),
                        activation.word().toUpperCase(Locale.ROOT));
    }

    /** How many numbers must be kept: weights, in the form they are kept in, and memory vector. */
    public long parameters() {
        long parameters = memoryVector().length;
        for (int l = 1; l <= hiddenLayers(); l++) {
            parameters += map(l).values();
        }
        return parameters;
    }
}
