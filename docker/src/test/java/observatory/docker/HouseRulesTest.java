package observatory.docker;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house that a machine can keep, over the classes of all modules. */
class HouseRulesTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("observatory");

    /** Where the process begins, and thus where its clock is made. */
    private static final String COMMAND_LINE = "observatory.dashboards.cli..";

    /** The one part of ingest that talks to the network, and the only one that needs libraries for it. */
    private static final String COLLECTORS = "observatory.ingest.collect..";

    private static final Set<String> CLOCK_METHODS =
            Set.of("now", "system", "systemUTC", "systemDefaultZone", "currentTimeMillis");

    @Test
    void theHouseIsAllHere() {
        assertThat(List.of("geo", "ingest", "jobs", "dashboards"))
                .allSatisfy(module -> assertThat(HOUSE.containPackage("observatory." + module))
                        .isTrue());
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        check(slices().matching("observatory.(**)").should().beFreeOfCycles());
    }

    @Test
    void geoDataLooksAtNoOtherModule() {
        check(looksNowhere(
                "observatory.geo..", "observatory.ingest..", "observatory.jobs..", "observatory.dashboards.."));
    }

    @Test
    void ingestLooksOnlyAtGeoData() {
        check(looksNowhere("observatory.ingest..", "observatory.jobs..", "observatory.dashboards.."));
    }

    @Test
    void jobsDoNotLookAtDashboards() {
        check(looksNowhere("observatory.jobs..", "observatory.dashboards.."));
    }

    @Test
    void flinkLivesInJobsOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("observatory.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.flink.."));
    }

    @Test
    void documentsAndTheElasticClientAreFreeOfFlink() {
        check(looksNowhere("observatory.jobs.document..", "org.apache.flink.."));
        check(looksNowhere("observatory.jobs.elastic..", "org.apache.flink.."));
    }

    @Test
    void geoDataAndIngestUseTheJdkAndParsersOnly() {
        check(classes()
                .that()
                .resideInAnyPackage("observatory.geo..", "observatory.ingest..")
                .and()
                .resideOutsideOfPackage(COLLECTORS)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "observatory.geo..",
                        "observatory.ingest..",
                        "java..",
                        "javax.crypto..",
                        "org.jspecify..",
                        "com.fasterxml.jackson..",
                        "com.google.common..",
                        "com.google.errorprone.annotations..",
                        "com.maxmind..",
                        "com.github.luben.zstd..",
                        "org.yaml.snakeyaml..",
                        "")));
    }

    @Test
    void kafkaAndNettyAreForCollectorsOnly() {
        check(noClasses()
                .that()
                .resideInAPackage("observatory.ingest..")
                .and()
                .resideOutsideOfPackage(COLLECTORS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.netty..", "org.slf4j.."));
    }

    @Test
    void onlyTheCommandLinePrints() {
        check(outsideTheCommandLine().accessFieldWhere(describe("it is System.out or System.err", this::isTerminal)));
        check(outsideTheCommandLine().callMethodWhere(describe("it prints a stack trace", this::printsStackTrace)));
    }

    @Test
    void theClockIsReadOnlyWhereItIsMade() {
        check(outsideTheCommandLine().callMethodWhere(describe("it reads the system's clock", this::readsClock)));
        check(outsideTheCommandLine()
                .callConstructorWhere(describe("it reads the system's clock", this::makesDateOfNow)));
    }

    @Test
    void classesAreNamedForWhatTheyAre() {
        check(noClasses().should().haveNameMatching(".*\\.(\\w*(Utils?|Helper|Manager|Impl)|Common\\w*)"));
    }

    @Test
    void everyPackageSaysThatItIsFreeOfNulls() {
        assertThat(HOUSE.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(opened -> assertThat(isNullMarked(opened))
                        .as("package-info with @NullMarked in %s", opened.getName())
                        .isTrue());
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOUSE);
    }

    private static ArchRule looksNowhere(String from, String... to) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to);
    }

    private static boolean isNullMarked(JavaPackage opened) {
        return opened.isAnnotatedWith(NullMarked.class);
    }

    private static ClassesShould outsideTheCommandLine() {
        return noClasses().that().resideOutsideOfPackage(COMMAND_LINE).should();
    }

    private boolean isTerminal(JavaFieldAccess access) {
        return access.getTargetOwner().isEquivalentTo(System.class)
                && List.of("out", "err").contains(access.getName());
    }

    private boolean printsStackTrace(JavaMethodCall call) {
        return call.getName().equals("printStackTrace") && hasNoArguments(call);
    }

    private boolean readsClock(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        boolean takesClock = call.getTarget().getRawParameterTypes().stream()
                .anyMatch(parameter -> parameter.isAssignableTo(InstantSource.class));
        boolean isTime = owner.getPackageName().equals("java.time") || owner.isEquivalentTo(System.class);
        return isTime && !takesClock && CLOCK_METHODS.contains(call.getName());
    }

    private boolean makesDateOfNow(JavaConstructorCall call) {
        return call.getTargetOwner().isEquivalentTo(Date.class) && hasNoArguments(call);
    }

    private static boolean hasNoArguments(JavaCall<?> call) {
        return call.getTarget().getRawParameterTypes().isEmpty();
    }
}
