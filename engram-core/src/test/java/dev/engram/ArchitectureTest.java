package dev.engram;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.io.FilenameFilter;
import java.io.Serializable;
import java.util.Calendar;
import java.util.Date;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/**
 * The arrows between the packages of the core, {@code linalg <- graph <- inference <- learning <- memory}, and what the core
 * keeps its hands off: files, the console, clocks, JSON, hidden randomness, shared mutable state.
 */
@AnalyzeClasses(packages = "dev.engram", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BACKEND = "dev.engram.linalg.Backend";

    @ArchTest
    static final ArchRule everyPackageHasAPlaceInTheOrder = classes()
            .should()
            .resideInAnyPackage(
                    "dev.engram.linalg..",
                    "dev.engram.graph..",
                    "dev.engram.inference..",
                    "dev.engram.learning..",
                    "dev.engram.memory..")
            .because("a new package needs an arrow in this test and in docs/architecture.md");

    @ArchTest
    static final ArchRule linalgUsesNothingOfOurs = usesOnly("linalg");

    @ArchTest
    static final ArchRule graphUsesLinalg = usesOnly("graph", "linalg");

    @ArchTest
    static final ArchRule inferenceUsesGraphAndBelow = usesOnly("inference", "graph", "linalg");

    @ArchTest
    static final ArchRule learningUsesInferenceAndBelow = usesOnly("learning", "inference", "graph", "linalg");

    @ArchTest
    static final ArchRule nobodyReachesIntoAnInternalPackageButItsParent =
            classes().that().resideInAPackage("..internal..").should(beUsedOnlyByTheirParent()).allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(resideInANullMarkedPackage());

    @ArchTest
    static final ArchRule onlyLinalgKnowsTheNativeLibraries = noClasses()
            .that()
            .resideOutsideOfPackage("dev.engram.linalg..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ludovic.netlib..", "org.netlib..", "org.bytedeco..");

    @ArchTest
    static final ArchRule noJson =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("tools.jackson..", "com.fasterxml..");

    @ArchTest
    static final ArchRule noFiles = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(BACKEND)
            .should(dependOnClassesThat(FILE_ACCESS));

    /** OpenBLAS is a file that bytedeco unpacked; its path is all that the backend may learn. */
    @ArchTest
    static final ArchRule theBackendOnlyFindsTheNativeLibrary = noClasses()
            .that()
            .haveFullyQualifiedName(BACKEND)
            .should(dependOnClassesThat(FILE_ACCESS.and(
                    not(JavaClass.Predicates.equivalentTo(File.class))
                            .and(not(JavaClass.Predicates.equivalentTo(FilenameFilter.class))))));

    @ArchTest
    static final ArchRule noConsole = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule noClocks = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.time..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Date.class, Calendar.class);

    @ArchTest
    static final ArchRule noRandomnessWithoutASeed = noClasses()
            .should()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SplittableRandom.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule noMutableStatics = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule noPublicStaticArrays = noFields()
            .that()
            .areStatic()
            .and()
            .areNotPrivate()
            .and()
            .doNotHaveName("$VALUES")
            .should()
            .haveRawType(DescribedPredicate.describe("arrays", JavaClass::isArray))
            .because("anybody can write into an array");

    private static final DescribedPredicate<JavaClass> FILE_ACCESS = null;

    private static ArchRule usesOnly(String name, String... below) {
        return null;
    }
}
