package dev.engram.linalg.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StepTrialTest {
    private static final BLAS JAVA = JavaBLAS.getInstance();

    private final AtomicReference<String> selected = new AtomicReference<>("");

    /** Pure Java, in which one number of a product is wrong while certain kernels are selected. */
    private BLAS wrong(String kernels, String product) {
        return (BLAS) Proxy.newProxyInstance(
                BLAS.class.getClassLoader(), new Class<?>[] {BLAS.class}, (proxy, method, arguments) -> {
                    Object answer;
                    try {
                        answer = method.invoke(JAVA, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (method.getName().equals(product) && selected.get().equals(kernels)) {
                        Object c = arguments[arguments.length - 2];
                        if (c instanceof float[] floats) {
                            floats[0] += 0.01f;
                        } else if (c instanceof double[] doubles) {
                            doubles[0] = Double.NaN;
                        }
                    }
                    return answer;
                });
    }

    @Test
    void everyCandidateIsTimed() {
        Map<String, Long> times = new StepTrial(JAVA).times(List.of("one", "two"), selected::set);
        assertThat(times).containsOnlyKeys("one", "two");
        assertThat(times.values()).allMatch(nanos -> nanos > 0);
    }

    @Test
    void aCandidateThatComputesWronglyIsDiscarded() {
        for (String product : List.of("sgemm", "dgemm")) {
            StepTrial trial = new StepTrial(wrong("two", product));
            assertThat(trial.times(List.of("one", "two"), selected::set))
                    .as(product)
                    .containsOnlyKeys("one");
        }
    }

    @Test
    void aCandidateThatCannotBeSelectedIsDiscarded() {
        assertThat(new StepTrial(JAVA).times(List.of("one", "two"), name -> {
                    if (name.equals("two")) {
                        throw new UnsupportedOperationException("no such kernels");
                    }
                }))
                .containsOnlyKeys("one");
    }
}
