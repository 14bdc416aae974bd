package dev.engram;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.engram.inference.Status;
import java.io.File;
import java.io.FilenameFilter;
import java.io.Serializable;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The arrows between the packages of the core, and what the core keeps its hands off: files, the console, clocks, JSON, randomness without a
 * seed, shared mutable state.
 */
@AnalyzeClasses(packages = "dev.engram", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** What each package may use, from the bottom up. An internal package belongs to its parent, and is used by it alone. */
    private static final Map<String, List<String>> ARROWS = arrows();

    private static Map<String, List<String>> arrows() {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        arrows.put("linalg", List.of());
        arrows.put("optimiser", List.of("linalg"));
        arrows.put("network", List.of("linalg"));
        arrows.put("graph.op", List.of("linalg"));
        arrows.put("graph", List.of("graph.op", "linalg"));
        arrows.put("inference", List.of("network", "linalg"));
        arrows.put("learning", List.of("inference", "network", "optimiser", "linalg"));
        arrows.put("graph.inference", List.of("graph", "graph.op", "linalg"));
        arrows.put("graph.training", List.of("graph.inference", "graph", "graph.op", "optimiser", "linalg"));
        List<String> below = List.copyOf(arrows.keySet());
        arrows.put("memory", below);
        for (String family :
                List.of("pcn", "hopfield", "sparse", "covariance", "autoencoder", "boltzmann", "baseline")) {
            arrows.put("memory." + family, with(below, "memory"));
        }
        arrows.put("memory.attractor", with(below, "memory", "memory.pcn"));
        arrows.put("memory.sequence", with(below, "memory", "memory.hopfield"));
        return arrows;
    }

    private static List<String> with(List<String> below, String... more) {
        return Stream.concat(below.stream(), Stream.of(more)).toList();
    }

    private static final String ROOT = "dev.engram.";
    private static final String BACKEND = "dev.engram.linalg.Backend";
    private static final String KERNELS = "dev.engram.linalg.internal";

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
    static final ArchRule everyPackageUsesOnlyWhatItMay = classes().should(keepToTheArrows());

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
    static final ArchRule noFiles = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(BACKEND)
            .and()
            .doNotHaveFullyQualifiedName(KERNELS + ".Kernels")
            .and()
            .doNotHaveFullyQualifiedName(KERNELS + ".ChoiceFile")
            .and()
            .doNotHaveFullyQualifiedName(KERNELS + ".GlueFiles")
            .and()
            .haveNameNotMatching("\\Q" + KERNELS + ".NativeNetlib\\E.*")
            .should(dependOnClassesThat(FILES_OR_NETWORK));

    /**
     * OpenBLAS is a file that bytedeco unpacked, and netlib wants to be told its path. The other exceptions: which kernels are fastest is
     * measured with a clock and kept in a file, before anything is computed; what netlib unpacked is deleted, if old enough; and netlib's classes are read once more.
     */
    @ArchTest
    static final ArchRule theBackendOnlyLooksUpThePathOfOpenBlas = noClasses()
            .that()
            .haveFullyQualifiedName(BACKEND)
            .should(dependOnClassesThat(FILES_OR_NETWORK.and(DescribedPredicate.not(THE_PATH_OF_A_FILE))));

    @ArchTest
    static final ArchRule noConsole = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule noClocks = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(KERNELS + ".StepTrial")
            .and()
            .doNotHaveFullyQualifiedName(KERNELS + ".GlueFiles")
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

    /** How a run ended is one enumeration for chains and graphs, which otherwise do not know each other. */
    private static boolean isSharedResult(JavaClass type) {
        return type.isEquivalentTo(Status.class);
    }

    private static ArchCondition<JavaClass> keepToTheArrows() {
        return new ArchCondition<>("use only what the package may use") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String room = room(type);
                if (!ARROWS.containsKey(room)) {
                    events.add(
                            SimpleConditionEvent.violated(type, type.getName() + " is in a package without a place"));
                    return;
                }
                for (Dependency use : type.getDirectDependenciesFromSelf()) {
                    JavaClass used = use.getTargetClass().getBaseComponentType();
                    if (used.getPackageName().startsWith(ROOT)
                            && !room(used).equals(room)
                            && !ARROWS.get(room).contains(room(used))
                            && !isSharedResult(used)) {
                        events.add(SimpleConditionEvent.violated(type, use.getDescription()));
                    }
                }
            }
        };
    }

    /** The package below the root, that of the parent for an internal one. */
    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).replaceFirst("\\.internal$", "");
    }

    private static ArchCondition<JavaClass> beUsedByTheirParentOnly() {
        return new ArchCondition<>("be used by their parent package only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String parent = type.getPackageName().replaceFirst("\\.internal$", "");
                type.getDirectDependenciesToSelf().stream()
                        .filter(use -> !(use.getOriginClass().getPackageName() + ".").startsWith(parent + "."))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
            }
        };
    }
}
