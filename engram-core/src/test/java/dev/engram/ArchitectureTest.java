package dev.engram;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
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
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/**
 * The arrows between the packages of the core, {@code linalg <- graph <- inference <- learning <- memory}, and what the core
 * keeps its hands off: files, the console, clocks, JSON, randomness without a seed, shared mutable state.
 */
@AnalyzeClasses(packages = "dev.engram", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** From the bottom up: each may use those before it. */
    private static final List<String> PACKAGES = List.of("linalg", "graph", "inference", "learning", "memory");

    private static final String BACKEND = "dev.engram.linalg.Backend";

    // java.io.Serializable is no file: the compiler brings it in with lambdas and enums.
    private static final DescribedPredicate<JavaClass> FILES_OR_NETWORK = describe(
            "read or write files or the network",
            type -> type.getPackageName().startsWith("java.nio.file")
                    || type.getPackageName().startsWith("java.nio.channels")
                    || type.getPackageName().startsWith("java.net")
                    || type.getPackageName().equals("java.io") && !type.isEquivalentTo(Serializable.class));

    private static final DescribedPredicate<JavaClass> THE_PATH_OF_A_FILE = describe(
            "name a file", type -> type.isEquivalentTo(File.class) || type.isEquivalentTo(FilenameFilter.class));

    @ArchTest
    static final ArchRule everyPackageHasItsPlaceInTheOrder = classes().should().resideInAnyPackage(packages(PACKAGES));

    @ArchTest
    static final ArchRule linalgUsesNothingOfOurs = usesOnlyWhatIsBelow("linalg");

    @ArchTest
    static final ArchRule graphUsesLinalg = usesOnlyWhatIsBelow("graph");

    @ArchTest
    static final ArchRule inferenceUsesGraphAndLinalg = usesOnlyWhatIsBelow("inference");

    @ArchTest
    static final ArchRule learningUsesInferenceAndWhatIsBelow = usesOnlyWhatIsBelow("learning");

    @ArchTest
    static final ArchRule internalPackagesAreUsedByTheirParentOnly = classes()
            .that()
            .resideInAPackage("..internal..")
            .should(beUsedByTheirParentOnly())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(describe("be in a package marked @NullMarked", type -> type.getPackage()
                    .isAnnotatedWith(NullMarked.class))));

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
    static final ArchRule noFiles =
            noClasses().that().doNotHaveFullyQualifiedName(BACKEND).should(dependOnClassesThat(FILES_OR_NETWORK));

    /** The one exception: OpenBLAS is a file that bytedeco unpacked, and netlib wants to be told its path. */
    @ArchTest
    static final ArchRule theBackendOnlyLooksUpThePathOfOpenBlas = noClasses()
            .that()
            .haveFullyQualifiedName(BACKEND)
            .should(dependOnClassesThat(FILES_OR_NETWORK.and(DescribedPredicate.not(THE_PATH_OF_A_FILE))));

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
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule noPublicStaticArrays = noFields()
            .that()
            .areStatic()
            .and()
            .arePublic()
            .should()
            .haveRawType(describe("an array", JavaClass::isArray))
            .because("anybody can write into it");

    private static ArchRule usesOnlyWhatIsBelow(String name) {
        List<String> allowed = PACKAGES.subList(0, PACKAGES.indexOf(name) + 1);
        return noClasses()
                .that()
                .resideInAPackage("dev.engram." + name + "..")
                .should(dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.engram..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(packages(allowed)))));
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> "dev.engram." + name + "..").toArray(String[]::new);
    }

    private static ArchCondition<JavaClass> beUsedByTheirParentOnly() {
        return new ArchCondition<>("be used by their parent package only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String parent = type.getPackageName().replaceFirst("\\.internal(\\..*)?$", "");
                type.getDirectDependenciesToSelf().stream()
                        .filter(use -> !(use.getOriginClass().getPackageName() + ".").startsWith(parent + "."))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
            }
        };
    }
}
