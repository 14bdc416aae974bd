package dev.engram.playground;

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

/** The playground stands on the core and io, and only the routes and what they need know the web server. */
@AnalyzeClasses(packages = "dev.engram.playground", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsNeitherExperimentsNorTheCommandLine = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.engram.experiments..", "dev.engram.cli..", "picocli..");

    @ArchTest
    static final ArchRule sessionsKnowNothingOfTheWeb = noClasses()
            .that()
            .haveSimpleNameNotContaining("Routes")
            .and()
            .haveSimpleNameNotContaining("Playground")
            .and()
            .doNotHaveSimpleName("Guard")
            .and()
            .doNotHaveSimpleName("EventStream")
            .and()
            .doNotHaveSimpleName("Uploads")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "jakarta..", "org.eclipse..");

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
