package dev.engram.graph.op;

import dev.engram.linalg.Block;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import java.util.Arrays;

/**
 * Computes a convolution of stride 1 on several pictures at once, laid out as {@link PictureRows}.
 *
 * <p>The pictures are shared out to the threads, and taken in blocks of as many as make a row of {@value #ROW} numbers, or of one. A thread
 * keeps one such block of inputs and one of outputs, the weights in another order, twice, and beside them a row of each, as often
 * as the kernel is wide. That does not grow with the batch.
 */
final class RowConvolution implements Kernel {
    private static final int ROW = 288; // with its ends below the 320 columns that OpenBLAS takes at once
    private static final double WHOLE = 1e6; // multiplications of which LinearAlgebra shares none out
    private static final int TOGETHER = 4; // pictures that are laid out together

    private final Binding binding;
    private final int padding;
    private final Lane[] lanes;

    RowConvolution(Binding binding, int padding) {
        this.binding = binding;
        this.padding = padding;
        this.lanes = new Lane[binding.lanes()];
        Arrays.setAll(lanes, i -> new Lane());
    }

    private int share() {
        return (binding.batch() + binding.lanes() - 1) / binding.lanes();
    }

    @Override
    public void compute(ExampleRange examples) {
        Lane lane = lanes[examples.lane()];
        lane.forwards.arrange(binding.parameter());
        for (int first = examples.from(); first < examples.to(); first += lane.most) {
            lane.input.load(binding.input(), first, Math.min(lane.most, examples.to() - first));
            lane.forwards.run();
            lane.output.store(binding.output(), first, Accumulation.SET);
        }
    }

    @Override
    public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
        Lane lane = lanes[examples.lane()];
        lane.backwards.arrange(binding.parameter());
        for (int first = examples.from(); first < examples.to(); first += lane.most) {
            lane.output.load(delta, first, Math.min(lane.most, examples.to() - first));
            lane.backwards.run();
            lane.input.store(into, first, mode);
        }
    }

    @Override
    public void addGradient(int parameter, Tensor delta, Tensor into) {
        int share = share();
        binding.la().parallel(lanes.length, number -> {
            Lane lane = lanes[number];
            lane.gradient.fill(0);
            int end = Math.min(binding.batch(), (number + 1) * share);
            for (int first = number * share; first < end; first += lane.most) {
                int count = Math.min(lane.most, end - first);
                lane.input.load(binding.input(), first, count);
                lane.output.load(delta, first, count);
                lane.addGradient();
            }
        });
        for (Lane lane : lanes) {
            lane.addGradientTo(into);
        }
    }

    /** One thread's working memory. */
    private final class Lane {
        final int most; // pictures at once
        final PictureRows input;
        final PictureRows output;
        final RowTaps forwards;
        final RowTaps backwards;
        final int kernelHeight;
        final int kernelWidth;
        final Tensor
                shifted; // [out, kernel width, length of the input's rows], a row of δ for each column of the kernel
        final Tensor gradient; // [out, kernel width, kernel height, in]

        Lane() {
            Precision precision = binding.precision();
            Tensor x = binding.input();
            Tensor y = binding.output();
            this.kernelHeight = binding.parameter().extent(2);
            this.kernelWidth = binding.parameter().extent(3);
            this.most = pictures(x.extent(3) + 2 * padding);
            this.input = new PictureRows(precision, x.extent(1), x.extent(2), x.extent(3), padding, most);
            this.output = new PictureRows(precision, y.extent(1), y.extent(2), y.extent(3), 0, most);
            this.forwards = new RowTaps(binding.la(), input, output, true, kernelHeight, kernelWidth, most);
            this.backwards = new RowTaps(binding.la(), output, input, false, kernelHeight, kernelWidth, most);
            int rows = output.channels() * kernelWidth;
            this.shifted = Tensor.zeros(precision, rows, input.longest());
            this.gradient = Tensor.zeros(precision, rows, kernelHeight * input.channels());
        }

        private int pictures(int width) {
            Tensor w = binding.parameter();
            int columns = (int) Math.min(ROW, WHOLE / w.size() - 4 * PictureRows.EDGE);
            int fitting = Math.max(1, columns / width);
            int whole = fitting < TOGETHER ? fitting : fitting - fitting % TOGETHER;
            return Math.min(whole, share());
        }

        /** Of the block that is loaded: for each row of outputs, δ shifted to each column of the kernel, times the window above. */
        void addGradient() {
            shifted.clear(0, shifted.size());
            int pixel = input.pictures();
            int length = input.length();
            Block deltas = new Block(shifted, 0, gradient.extent(0), length);
            Block sum = Block.of(gradient, gradient.extent(1));
            for (int y = 0; y < output.height(); y++) {
                for (int row = 0; row < gradient.extent(0); row++) {
                    int to = row * length + PictureRows.EDGE + row % kernelWidth * pixel;
                    shifted.set(to, output.tensor(), output.start(y, row / kernelWidth), output.used());
                }
                Block window = input.between(y, y + kernelHeight);
                binding.la().multiply(1, deltas, Transpose.NO, window, Transpose.YES, 1, sum);
            }
        }

        /** Adds the sum to one of shape [out, in, kernel height, kernel width]. */
        void addGradientTo(Tensor into) {
            int in = input.channels();
            for (int k = 0; k < into.size(); k++) {
                int kx = k % kernelWidth;
                int ky = k / kernelWidth % kernelHeight;
                int c = k / (kernelWidth * kernelHeight) % in;
                int o = k / (kernelWidth * kernelHeight * in);
                int from = ((o * kernelWidth + kx) * kernelHeight + ky) * in + c;
                into.set(k, into.get(k) + gradient.get(from));
            }
        }
    }
}
