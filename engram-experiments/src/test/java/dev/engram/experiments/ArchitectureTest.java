package dev.engram.experiments;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The arrows {@code report <- frame <- kit <- each experiment <- the list of them}; below them only the core and io. */
@AnalyzeClasses(packages = "dev.engram.experiments", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.engram.experiments";
    private static final Set<String> SHARED = Set.of(ROOT + ".report", ROOT + ".frame", ROOT + ".kit");

    @ArchTest
    static final ArchRule usesThePublicCoreAndIoOnly = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "are internal to the core, or of the command line or the page",
                    type -> type.getPackageName().startsWith("dev.engram")
                            && type.getPackageName().matches(".*\\.(internal|cli|playground)(\\..*)?")));

    @ArchTest
    static final ArchRule reportsKnowNothingElseOfTheModule = uses(".report");

    @ArchTest
    static final ArchRule theFrameKnowsOnlyReports = uses(".frame", ".report");

    @ArchTest
    static final ArchRule theKitKnowsNoExperiments = uses(".kit", ".frame", ".report");

    /** Of the module, a shared package uses only those named. */
    private static ArchRule uses(String name, String... others) {
        Set<String> allowed = Stream.concat(Stream.of(name), Arrays.stream(others))
                .map(ROOT::concat)
                .collect(Collectors.toSet());
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .dependOnClassesThat(describe(
                        "are of this module, but not of " + allowed,
                        type -> type.getPackageName().startsWith(ROOT) && !allowed.contains(type.getPackageName())));
    }

    @ArchTest
    static final ArchRule experimentsDoNotUseEachOther = classes()
            .that(describe("are of one experiment", type -> isExperiment(type.getPackageName())))
            .should(new ArchCondition<>("be used by this experiment and the list of experiments only") {
                @Override
                public void check(JavaClass used, ConditionEvents events) {
                    used.getDirectDependenciesToSelf().forEach(dependency -> {
                        String user = dependency.getOriginClass().getPackageName();
                        boolean isAllowed = user.equals(ROOT) || user.equals(used.getPackageName());
                        events.add(new SimpleConditionEvent(used, isAllowed, dependency.getDescription()));
                    });
                }
            });

    private static boolean isExperiment(String name) {
        return name.startsWith(ROOT + ".") && !SHARED.contains(name);
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
