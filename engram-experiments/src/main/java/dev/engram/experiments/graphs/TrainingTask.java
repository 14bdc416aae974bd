package dev.engram.experiments.graphs;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.ClassLabels;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.io.CharacterCorpus;
import dev.engram.io.NameSet;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A network, and examples to train and to test it on.
 *
 * @param train none of them is in {@code test}
 */
record TrainingTask(Network network, Observations train, Observations test) {
    private static final int CLASSES = 10;

    /** CIFAR-10: the first pictures of the set to train, those after them to test. */
    static TrainingTask cifar(Workbench bench, int train, int test, NodeEnergy output) {
        PatternSet set = bench.patterns(DataSet.CIFAR10);
        Network network = Network.cnn(3, 32, CLASSES, output);
        Observations all = pictures(network, set, ClassLabels.read(bench.path(DataSet.CIFAR10), train + test));
        return new TrainingTask(
                network,
                all.rows(IntStream.range(0, train).toArray()),
                all.rows(IntStream.range(train, train + test).toArray()));
    }

    /** MNIST, as its makers divided it. */
    static TrainingTask mnist(Workbench bench, NodeEnergy output) {
        PatternSet train = bench.patterns(DataSet.MNIST);
        PatternSet test = bench.patterns(DataSet.MNIST_TEST);
        Network network = Network.cnn(1, 28, CLASSES, output);
        return new TrainingTask(
                network,
                pictures(network, train, ClassLabels.read(bench.path(DataSet.MNIST), train.count())),
                pictures(network, test, ClassLabels.read(bench.path(DataSet.MNIST_TEST), test.count())));
    }

    private static Observations pictures(Network network, PatternSet set, int[] labels) {
        return Observations.of(network.input(), channelsFirst(set))
                .and(network.output(), ClassLabels.oneHot(labels, CLASSES));
    }

    /** [pictures, channels, height, width]. */
    private static Tensor channelsFirst(PatternSet set) {
        List<Integer> shape = set.shape().dimensions();
        int channels = shape.size() == 3 ? shape.get(2) : 1;
        int plane = set.shape().values() / channels;
        float[] from = set.patterns().data();
        float[] to = new float[from.length];
        for (int i = 0; i < set.count(); i++) {
            int start = i * plane * channels;
            for (int c = 0; c < channels; c++) {
                for (int p = 0; p < plane; p++) {
                    to[start + c * plane + p] = from[start + p * channels + c];
                }
            }
        }
        return Tensor.wrap(to, set.count(), channels, shape.get(0), shape.get(1));
    }

    /** Names and their languages: shuffled, the last {@code test} to test, {@code train} of the others to train (0 for all). */
    static TrainingTask names(Workbench bench, int train, int test, int hidden) {
        NameSet set = NameSet.read(bench.path(DataSet.NAMES), NameSet.Letters.ASCII);
        List<NameSet.Name> names = new ArrayList<>(set.names());
        Collections.shuffle(names, new Random(bench.seed()));
        int[] alphabet = names.stream()
                .flatMapToInt(name -> name.text().chars())
                .sorted()
                .distinct()
                .toArray();
        int steps = names.stream().mapToInt(name -> name.text().length()).max().orElse(1);
        Network network =
                Network.rnn(steps, alphabet.length, hidden, set.languages().size());
        int first = train == 0 ? 0 : names.size() - test - train;
        return new TrainingTask(
                network,
                names(network, names.subList(first, names.size() - test), alphabet),
                names(network, names.subList(names.size() - test, names.size()), alphabet));
    }

    /** One-hot characters, at the end of as many rows as the network has steps. */
    private static Observations names(Network network, List<NameSet.Name> names, int[] alphabet) {
        int steps = network.input().shape()[0];
        Tensor x = Tensor.zeros(Precision.FLOAT, names.size(), steps, alphabet.length);
        for (int i = 0; i < names.size(); i++) {
            String text = names.get(i).text();
            for (int j = 0; j < text.length(); j++) {
                int row = i * steps + steps - text.length() + j;
                x.set(row * alphabet.length + Arrays.binarySearch(alphabet, text.charAt(j)), 1);
            }
        }
        int[] languages = names.stream().mapToInt(NameSet.Name::language).toArray();
        return Observations.of(network.input(), x)
                .and(
                        network.output(),
                        ClassLabels.oneHot(languages, network.output().shape()[0]));
    }

    /** Shakespeare's characters, cut into sequences: the last {@code test} to test, the first {@code train} to train. */
    static TrainingTask shakespeare(Workbench bench, int steps, int train, int test, int hidden) {
        CharacterCorpus text = CharacterCorpus.read(bench.path(DataSet.SHAKESPEARE));
        Network network = Network.lstm(steps, text.alphabet().length, hidden);
        int last = text.length() - 1 - test * steps;
        return new TrainingTask(
                network,
                RandomExamples.sequences(network, text.codes(), 0, Math.min(train, last / steps)),
                RandomExamples.sequences(network, text.codes(), last, test));
    }
}
