package dev.engram.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
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

    @ArchTest
    static final ArchRule onlyMainEndsTheProgram = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.engram.cli.Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class);

    @ArchTest
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(describe("be in a package marked @NullMarked", type -> type.getPackage()
                    .isAnnotatedWith(NullMarked.class))));
}
