package observatory.dashboards.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import observatory.dashboards.config.PolicyReader;
import observatory.dashboards.config.SuppressionReader;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.Outliers;
import observatory.jobs.finding.SiteResolvers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the detections are to know. */
final class DetectionOptions {
    @Option(
            names = "--resolvers",
            split = ",",
            paramLabel = "CIDR",
            description = "resolvers the phones are meant to use; else any at a private address")
    private List<String> resolvers = List.of();

    @Option(names = "--policy", paramLabel = "FILE", description = "who may reach what: policy.yaml")
    private @Nullable Path policy;

    @Option(
            names = "--suppressions",
            paramLabel = "FILE",
            description = "findings that are known and not to be told: suppressions.yaml")
    private @Nullable Path suppressions;

    @Option(
            names = "--learning-days",
            paramLabel = "N",
            description = "days for which a site and a device are watched before what is new is a finding; else 3")
    private @Nullable Integer learningDays;

    @Option(
            names = "--dormant-days",
            paramLabel = "N",
            description = "days without contact after which an endpoint that comes back is a finding; else 30")
    private @Nullable Integer dormantDays;

    @Option(
            names = "--cohort-devices",
            paramLabel = "N",
            description = "devices of which a cohort needs as many to tell outliers; else 20")
    private @Nullable Integer cohortDevices;

    @Option(
            names = "--cohort-percent",
            paramLabel = "N",
            description = "outliers are at most as many of a hundred devices of a cohort; else 10")
    private @Nullable Integer cohortPercent;

    /** The settings, of an observation whose beginning the input tells; throws {@link IllegalArgumentException}. */
    DetectionSettings settings() {
        DetectionSettings settings = DetectionSettings.assumed(0)
                .with(new SiteResolvers(resolvers))
                .with(new Outliers(
                        cohortDevices == null ? Outliers.DEFAULT.leastDevices() : cohortDevices,
                        cohortPercent == null ? Outliers.DEFAULT.mostPercent() : cohortPercent));
        if (learningDays != null) {
            settings = settings.learning(Duration.ofDays(learningDays));
        }
        if (dormantDays != null) {
            settings = settings.dormancy(Duration.ofDays(dormantDays));
        }
        if (suppressions != null) {
            settings = settings.with(SuppressionReader.read(suppressions));
        }
        return policy == null ? settings : settings.with(PolicyReader.read(policy));
    }
}
