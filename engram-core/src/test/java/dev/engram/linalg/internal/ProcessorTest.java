package dev.engram.linalg.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts as Linux wrote them, without the lines and flags that do not matter. */
class ProcessorTest {
    private static final String ZEN_3 = cpuinfo("AuthenticAMD", "AMD EPYC", 25, "sse4_2 avx fma avx2 vaes");
    private static final String ZEN_5 = cpuinfo(
            "AuthenticAMD",
            "AMD EPYC 9575F 64-Core Processor",
            26,
            "avx fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl avx512_bf16");
    private static final String SAPPHIRE_RAPIDS = cpuinfo(
            "GenuineIntel",
            "Intel(R) Xeon(R) Platinum 8480C",
            6,
            "avx fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl amx_bf16");
    private static final String ARM = "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd evtstrm\n";

    static String cpuinfo(String vendor, String model, int family, String flags) {
        return """
                processor\t: 0
                vendor_id\t: %s
                cpu family\t: %d
                model\t\t: 1
                model name\t: %s
                flags\t\t: fpu %s
                power management:

                processor\t: 1
                vendor_id\t: none
                flags\t\t: avx512f
                """.formatted(vendor, family, model, flags);
    }

    @Test
    void theNameHasFamilyAndModel() {
        assertThat(Processor.of(ZEN_3).name()).isEqualTo("AMD EPYC, family 25, model 1");
    }

    @Test
    void withoutAvx512HaswellsKernelsAndZensAreCompared() {
        assertThat(Processor.of(ZEN_3).candidates()).containsExactly("Haswell", "Zen");
    }

    @Test
    void withAvx512SkylakesAreToo() {
        assertThat(Processor.of(ZEN_5).candidates()).containsExactly("Haswell", "SkylakeX", "Zen");
        assertThat(Processor.of(SAPPHIRE_RAPIDS).candidates()).containsExactly("Haswell", "SkylakeX");
    }

    @Test
    void partOfAvx512IsNotEnough() {
        String part = cpuinfo("GenuineIntel", "Intel(R) Xeon Phi(TM)", 6, "avx fma avx2 avx512f avx512cd avx512er");
        assertThat(Processor.of(part).candidates()).containsExactly("Haswell");
    }

    @Test
    void thereIsNothingToCompareOnOlderAndOtherProcessors() {
        assertThat(Processor.of(cpuinfo("GenuineIntel", "old", 6, "sse4_2 avx")).candidates())
                .isEmpty();
        assertThat(Processor.of(ARM).candidates()).isEmpty();
        assertThat(Processor.of("").candidates()).isEmpty();
    }

    @Test
    void unmeasuredAmdWithoutAvx512HasHaswellsKernels() {
        assertThat(Processor.of(ZEN_3).unmeasured()).contains("Haswell");
        assertThat(Processor.of(ZEN_5).unmeasured()).isEmpty();
        assertThat(Processor.of(SAPPHIRE_RAPIDS).unmeasured()).isEmpty();
        assertThat(Processor.of(ARM).unmeasured()).isEmpty();
    }
}
