package dev.engram.io;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
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

/** Files and pictures: uses the core and nothing else of ours, and leaves the console to the command line. */
@AnalyzeClasses(packages = "dev.engram.io", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.engram.io";

    /** What each package of the module may use of the others. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "file", Set.of(),
            "image", Set.of("file"),
            "numpy", Set.of("file"),
            "pickle", Set.of("file"),
            "safetensors", Set.of("file", "numpy"),
            "table", Set.of("file"),
            "memory", Set.of("file", "safetensors", "table"),
            "", Set.of("file", "image", "numpy", "pickle", "table"));

    @ArchTest
    static final ArchRule everyPackageUsesOnlyWhatItMay = classes().should(keepToTheArrows());

    private static ArchCondition<JavaClass> keepToTheArrows() {
        return new ArchCondition<>("use only what the package may use") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency use : type.getDirectDependenciesFromSelf()) {
                    JavaClass used = use.getTargetClass().getBaseComponentType();
                    if (used.getPackageName().startsWith(ROOT)
                            && !room(used).equals(room(type))
                            && !ARROWS.get(room(type)).contains(room(used))) {
                        events.add(SimpleConditionEvent.violated(type, use.getDescription()));
                    }
                }
            }
        };
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).replaceFirst("^\\.", "");
    }

    @ArchTest
    static final ArchRule usesThePublicCoreOnly = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "are internal to the core",
                    type -> type.getPackageName().startsWith("dev.engram")
                            && type.getPackageName().endsWith(".internal")));

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
