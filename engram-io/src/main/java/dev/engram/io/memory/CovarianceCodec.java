package dev.engram.io.memory;

import dev.engram.io.safetensors.NamedTensor;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.covariance.CovarianceOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A covariance memory in a memory file, in double precision.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code mean} [values]</td><td>m</td></tr>
 * <tr><td>{@code directions} [r, values]</td><td>in which the patterns vary; orthonormal rows</td></tr>
 * <tr><td>{@code variances} [r]</td><td>how much they do</td></tr>
 * <tr><td>{@code ordinary} [m]</td><td>the novelty of learned patterns, each judged by the others; not in files of the first version</td></tr>
 * <tr><td>{@code network.sizes}</td><td>r + 1, values</td></tr>
 * <tr><td>{@code network.form}, {@code network.ridge}, {@code network.lambda}</td><td>the form, and λ as a fraction and as a number</td></tr>
 * <tr><td>{@code network.judged}</td><td>m</td></tr>
 * </table>
 */
final class CovarianceCodec implements MemoryCodec<CovarianceMemory> {
    private static final String MEAN = "mean";
    private static final String DIRECTIONS = "directions";
    private static final String VARIANCES = "variances";
    private static final String ORDINARY = "ordinary";
    private static final String SIZES = "network.sizes";
    private static final String FORM = "network.form";
    private static final String RIDGE = "network.ridge";
    private static final String LAMBDA = "network.lambda";
    private static final String JUDGED = "network.judged";

    @Override
    public String model() {
        return "covariance";
    }

    @Override
    public Class<CovarianceMemory> type() {
        return CovarianceMemory.class;
    }

    @Override
    public List<NamedTensor> tensors(CovarianceMemory memory) {
        DoubleMatrix directions = memory.directions();
        List<NamedTensor> tensors = new ArrayList<>(List.of(
                NamedTensor.ofDoubles(MEAN, new long[] {memory.values()}, memory.mean()),
                NamedTensor.ofDoubles(
                        DIRECTIONS, new long[] {directions.rows(), directions.columns()}, directions.data()),
                NamedTensor.ofDoubles(VARIANCES, new long[] {directions.rows()}, memory.variances())));
        double[] ordinary = memory.ordinary();
        if (ordinary.length > 0) {
            tensors.add(NamedTensor.ofDoubles(ORDINARY, new long[] {ordinary.length}, ordinary));
        }
        return tensors;
    }

    @Override
    public Map<String, String> definition(CovarianceMemory memory) {
        Map<String, String> definition = new LinkedHashMap<>();
        definition.put(SIZES, memory.directions().rows() + 1 + "," + memory.values());
        definition.put(FORM, Provenance.word(memory.options().form()));
        definition.put(RIDGE, String.valueOf(memory.options().ridge()));
        definition.put(LAMBDA, String.valueOf(memory.lambda()));
        if (memory.ordinary().length > 0) {
            definition.put(JUDGED, String.valueOf(memory.ordinary().length));
        }
        return definition;
    }

    @Override
    public CovarianceMemory read(MemoryEntries entries) {
        entries.requireTensors(List.of(MEAN, DIRECTIONS, VARIANCES, ORDINARY));
        List<Integer> sizes = entries.sizes(SIZES);
        if (sizes.size() != 2) {
            throw entries.corrupt("its sizes %s are not those of directions and a mean".formatted(sizes));
        }
        int r = sizes.get(0) - 1;
        int values = sizes.get(1);
        double[] given = entries.finiteDoubles(DIRECTIONS, r, values);
        DoubleMatrix directions = DoubleMatrix.zeros(r, values);
        System.arraycopy(given, 0, directions.data(), 0, given.length);
        entries.requireOrthonormal(DIRECTIONS, directions);
        return entries.made(() -> CovarianceMemory.of(
                entries.finiteDoubles(MEAN, values),
                directions,
                entries.finiteDoubles(VARIANCES, r),
                entries.number(LAMBDA),
                entries.optional(JUDGED).isPresent()
                        ? entries.finiteDoubles(ORDINARY, entries.integer(JUDGED))
                        : new double[0],
                new CovarianceOptions(entries.word(FORM, CovarianceOptions.Form.class), entries.number(RIDGE)),
                entries.la()));
    }
}
