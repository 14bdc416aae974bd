package dev.engram.io.memory;

import dev.engram.io.safetensors.DType;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.TensorData;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Arrays;

/** The tensors of checkpoints: F32 or F64 in any shape, every number finite. */
final class StateTensors {
    private StateTensors() {}

    /** @throws IllegalArgumentException if a number is not finite */
    static NamedTensor stored(String name, Tensor tensor) {
        if (!tensor.isFinite()) {
            throw new IllegalArgumentException(
                    "The tensor %s has values that are not finite numbers. Maybe training diverged.".formatted(name));
        }
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        return tensor.precision() == Precision.FLOAT
                ? NamedTensor.ofFloats(name, shape, tensor.floats())
                : NamedTensor.ofDoubles(name, shape, tensor.doubles());
    }

    static Tensor loaded(NamedTensor stored, MemoryEntries entries) {
        int[] shape = Arrays.stream(stored.shape()).mapToInt(Math::toIntExact).toArray();
        Tensor tensor;
        if (stored.dtype() == DType.F32 && stored.data() instanceof TensorData.Floats floats) {
            tensor = Tensor.wrap(floats.values(), shape);
        } else if (stored.data() instanceof TensorData.Doubles doubles) {
            tensor = Tensor.wrap(doubles.values(), shape);
        } else {
            throw entries.corrupt("%s is where F32 or F64 was expected".formatted(stored));
        }
        if (!tensor.isFinite()) {
            throw entries.corrupt("the tensor %s has values that are not finite".formatted(stored.name()));
        }
        return tensor;
    }
}
