package dev.engram.benchmarks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.openjdk.jmh.annotations.Benchmark;

/** Benchmarks use core and io and nobody uses them; and none of them is without a test of its result. */
@AnalyzeClasses(packages = "dev.engram", importOptions = ArchitectureTest.NotGenerated.class)
class ArchitectureTest {
    static final class NotGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/jmh_generated/");
        }
    }

    @ArchTest
    static final ArchRule useCoreAndIoOnly = noClasses()
            .that()
            .resideInAPackage("dev.engram.benchmarks..")
            .should()
            .dependOnClassesThat(describe(
                    "are ours but neither benchmarks nor of public packages of core and io",
                    type -> type.getPackageName().startsWith("dev.engram")
                            && type.getPackageName().matches(".*\\.(internal|cli|playground|experiments)(\\..*)?")));

    @ArchTest
    static final ArchRule nobodyUsesThem = noClasses()
            .that()
            .resideOutsideOfPackage("dev.engram.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.engram.benchmarks..", "org.openjdk.jmh..");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .resideInAPackage("dev.engram.benchmarks..")
            .should(ArchCondition.from(describe("be in a package marked @NullMarked", type -> type.getPackage()
                    .isAnnotatedWith(NullMarked.class))));

    @ArchTest
    static final ArchRule everyBenchmarkHasATestOfItsResult =
            methods().that().areAnnotatedWith(Benchmark.class).should(beRunByTheTestOfTheSameName());

    /** FooBenchmark.bar by a test FooBenchmarkTest.bar. */
    private static ArchCondition<JavaMethod> beRunByTheTestOfTheSameName() {
        return new ArchCondition<>("be run by the test of the same name") {
            @Override
            public void check(JavaMethod benchmark, ConditionEvents events) {
                boolean run = benchmark.getCallsOfSelf().stream()
                        .filter(call -> call.getOriginOwner()
                                .getName()
                                .equals(benchmark.getOwner().getName() + "Test"))
                        .map(call -> call.getOrigin())
                        .anyMatch(test -> test.getName().equals(benchmark.getName())
                                && (test.isAnnotatedWith(Test.class) || test.isAnnotatedWith(ParameterizedTest.class)));
                if (!run) {
                    events.add(SimpleConditionEvent.violated(
                            benchmark,
                            "No test %sTest.%s runs the benchmark and looks at its result."
                                    .formatted(benchmark.getOwner().getSimpleName(), benchmark.getName())));
                }
            }
        };
    }
}
