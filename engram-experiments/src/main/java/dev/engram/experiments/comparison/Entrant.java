package dev.engram.experiments.comparison;

import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sparse.SparseQuantisedOptions;
import java.util.List;

/**
 * A memory that takes part.
 *
 * @param name in the tables
 */
public record Entrant(String name, MemoryModel model) {
    private static final double BETA = 2;

    /** Every memory with its default options; of those with variants that differ in kind, each. */
    public static List<Entrant> all() {
        return List.of(
                new Entrant("nearest neighbour", MemoryModel.nearestNeighbour()),
                new Entrant("affine span", MemoryModel.affineSpan()),
                new Entrant("pcn", MemoryModel.predictiveCoding(PredictiveCodingOptions.defaults())),
                new Entrant("pcn with codes", MemoryModel.attractors(PredictiveCodingOptions.defaults())),
                new Entrant("autoencoder", MemoryModel.autoencoder(AutoencoderOptions.defaults())),
                new Entrant(
                        "overparametrised autoencoder", MemoryModel.autoencoder(AutoencoderOptions.overparametrised())),
                new Entrant("covariance", MemoryModel.covariance(CovarianceOptions.defaults())),
                new Entrant(
                        "modern Hopfield, euclidean",
                        MemoryModel.modernHopfield(ModernHopfieldOptions.euclidean(BETA))),
                new Entrant("modern Hopfield, dot", MemoryModel.modernHopfield(ModernHopfieldOptions.ramsauer(BETA))),
                new Entrant(
                        "sparse quantised Hopfield",
                        MemoryModel.sparseQuantised(SparseQuantisedOptions.flat(Shape.of(1)))),
                new Entrant(
                        "Hopfield, pseudo-inverse",
                        MemoryModel.hopfield(HopfieldRule.PSEUDO_INVERSE, HopfieldOptions.defaults())));
    }
}
