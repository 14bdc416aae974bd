package dev.engram.spark;

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
import org.jspecify.annotations.NullMarked;

/** Spark: uses the core, input and output, and nothing else of ours. */
@AnalyzeClasses(packages = "dev.engram.spark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesThePublicCoreAndInputOnly = noClasses()
            .should()
            .dependOnClassesThat(
                    describe("are internal to other modules, or of modules above", type -> type.getPackageName()
                            .matches("dev\\.engram\\.(.*\\.internal|(cli|playground|experiments)(\\..*)?)")));

    @ArchTest
    static final ArchRule knowsNothingOfTheCommandLine =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("picocli..", "tools.jackson..");

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
