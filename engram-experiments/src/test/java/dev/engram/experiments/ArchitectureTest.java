package dev.engram.experiments;

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

/** The arrows {@code report <- frame <- each experiment <- the list of them}; below them only the core and io. */
@AnalyzeClasses(packages = "dev.engram.experiments", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.engram.experiments";
    private static final Set<String> FRAME = Set.of(ROOT + ".report", ROOT + ".frame");

    @ArchTest
    static final ArchRule usesThePublicCoreAndIoOnly = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "are internal to the core, or of the command line or the page",
                    type -> type.getPackageName().startsWith("dev.engram")
                            && type.getPackageName().matches(".*\\.(internal|cli|playground)(\\..*)?")));

    @ArchTest
    static final ArchRule reportsKnowNoExperiments = noClasses()
            .that()
            .resideInAPackage(ROOT + ".report")
            .should()
            .dependOnClassesThat(describe(
                    "are of this module but not of the report",
                    type -> type.getPackageName().startsWith(ROOT)
                            && !type.getPackageName().equals(ROOT + ".report")));

    @ArchTest
    static final ArchRule nobodyKnowsAnExperimentButItselfAndTheList = classes()
            .that(describe("are of one experiment", type -> isExperiment(type.getPackageName())))
            .should()
            .onlyHaveDependentClassesThat(describe(
                    "are the list of experiments, or of an experiment",
                    type -> type.getPackageName().equals(ROOT) || isExperiment(type.getPackageName())));

    private static boolean isExperiment(String name) {
        return name.startsWith(ROOT + ".") && !FRAME.contains(name);
    }

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
