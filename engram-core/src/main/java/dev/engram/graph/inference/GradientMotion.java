package dev.engram.graph.inference;

import dev.engram.graph.op.ExampleRange;

/**
 * Values that move straight along the forces on them: v += η F.
 *
 * @param eta η, positive; too large a one lets the energy rise, which is said
 */
record GradientMotion(double eta) implements Motion {
    GradientMotion {
        Checks.eta(eta);
    }

    @Override
    public Mover prepare(Landscape landscape) {
        return new Mover() {
            @Override
            public boolean staysFinite(ExampleRange examples) {
                return landscape.relaxation().staysFinite(eta, examples);
            }

            @Override
            public void move(ExampleRange examples) {
                landscape.relaxation().moveValues(eta, examples);
                landscape.look(examples);
            }
        };
    }
}
