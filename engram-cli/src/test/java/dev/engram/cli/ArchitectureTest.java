package dev.engram.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The arrows between the modules, {@code core <- io <- experiments, playground <- cli}, seen from the module that sees them all. */
@AnalyzeClasses(packages = "dev.engram", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule nobodyUsesTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.engram.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.engram.cli..", "picocli..");

    @ArchTest
    static final ArchRule theCoreDoesNotUseIo = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.engram.cli..", "dev.engram.experiments..", "dev.engram.playground..", "dev.engram.io..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.engram.io..");

    @ArchTest
    static final ArchRule onlyTheCommandLineUsesTheExperiments = noClasses()
            .that()
            .resideOutsideOfPackages("dev.engram.cli..", "dev.engram.experiments..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.engram.experiments..");

    @ArchTest
    static final ArchRule onlyTheCommandLineUsesThePlayground = noClasses()
            .that()
            .resideOutsideOfPackages("dev.engram.cli..", "dev.engram.playground..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.engram.playground..");

    @ArchTest
    static final ArchRule theCommandLineUsesNoInternals = noClasses()
            .that()
            .resideInAPackage("dev.engram.cli..")
            .should()
            .dependOnClassesThat(describe(
                    "are internal to other modules",
                    type -> type.getPackageName().startsWith("dev.engram")
                            && !type.getPackageName().startsWith("dev.engram.cli")
                            && type.getPackageName().contains(".internal")));

    /** What each package of the command line may use of the others; the root uses them all. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "console", Set.of(),
            "shell", Set.of(),
            "options", Set.of("console"),
            "memory", Set.of("console", "options"),
            "sequence", Set.of("console", "options", "memory"),
            "bench", Set.of("console", "options"),
            "demo", Set.of("console", "options", "memory"),
            "experiment", Set.of("console", "options", "memory"));

    @ArchTest
    static final ArchRule everyPackageUsesOnlyWhatItMay = classes()
            .that()
            .resideInAPackage("dev.engram.cli.*..")
            .should(new ArchCondition<>("use only what the package may use") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Set<String> mayUse = ARROWS.getOrDefault(room(type), Set.of());
                    for (Dependency use : type.getDirectDependenciesFromSelf()) {
                        JavaClass used = use.getTargetClass().getBaseComponentType();
                        if (used.getPackageName().startsWith("dev.engram.cli")
                                && !room(used).equals(room(type))
                                && !mayUse.contains(room(used))) {
                            events.add(SimpleConditionEvent.violated(type, use.getDescription()));
                        }
                    }
                }
            });

    private static String room(JavaClass type) {
        return type.getPackageName().substring("dev.engram.cli".length()).replaceFirst("^\\.", "");
    }

    @ArchTest
    static final ArchRule onlyMainEndsTheProgram = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.engram.cli.Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class);

    /** Spark is in engram-spark alone: neither ./engram nor any of its modules brings it. */
    @ArchTest
    static void sparkIsNotOnTheClassPath(JavaClasses all) {
        assertThat(all.contain("dev.engram.cli.Main")).isTrue();
        assertThatThrownBy(() -> Class.forName("org.apache.spark.SparkContext"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @ArchTest
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(describe("be in a package marked @NullMarked", type -> type.getPackage()
                    .isAnnotatedWith(NullMarked.class))));
}
