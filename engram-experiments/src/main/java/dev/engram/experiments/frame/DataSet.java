package dev.engram.experiments.frame;

import java.util.List;

/** The data that experiments know, and the names under which they look for them in the data folder, the first that is there. */
public enum DataSet {
    FLAGS("flags"),
    CIFAR10("CIFAR-10", "cifar10-train-3000.npz", "cifar-10-batches-bin", "cifar-10-batches-py"),
    TINY_IMAGENET("Tiny ImageNet", "tiny-imagenet-train-2000.npz", "tiny-imagenet-200"),
    IMAGENET("ImageNet", "imagenet-224-150.npz"),
    MNIST("MNIST", "mnist-train-60000.npz", "train-images-idx3-ubyte", "train-images-idx3-ubyte.gz"),
    MNIST_TEST("MNIST test", "mnist-test-10000.npz", "t10k-images-idx3-ubyte", "t10k-images-idx3-ubyte.gz"),
    NAMES("names", "text/names"),
    SHAKESPEARE("Shakespeare", "text/tinyshakespeare.txt");

    private final String title;
    private final List<String> files;

    DataSet(String title, String... files) {
        this.title = title;
        this.files = List.of(files);
    }

    /** As reports name it. */
    public String title() {
        return title;
    }

    /** Where it may be within the data folder; empty for what comes with the program. */
    List<String> files() {
        return files;
    }
}
