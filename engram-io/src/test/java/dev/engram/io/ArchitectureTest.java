package dev.engram.io;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Files and pictures: uses the core and nothing else of ours, and leaves the console to the command line. */
@AnalyzeClasses(packages = "dev.engram.io", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> CORE = Set.of(
            "dev.engram.linalg",
            "dev.engram.graph",
            "dev.engram.inference",
            "dev.engram.learning",
            "dev.engram.memory");

    @ArchTest
    static final ArchRule usesThePublicCoreOnly = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "are ours but neither of this module nor public packages of the core",
                    type -> type.getPackageName().startsWith("dev.engram")
                            && !type.getPackageName().startsWith("dev.engram.io")
                            && !CORE.contains(type.getPackageName())));

    @ArchTest
    static final ArchRule knowsNothingOfTheCommandLine =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("picocli..");

    @ArchTest
    static final ArchRule noConsole = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(describe("be in a package marked @NullMarked", type -> type.getPackage()
                    .isAnnotatedWith(NullMarked.class))));
}
