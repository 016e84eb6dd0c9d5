package observatory.dashboards.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import observatory.dashboards.config.PolicyReader;
import observatory.dashboards.config.SuppressionReader;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.Ordinary;
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

    @Option(
            names = "--voice",
            split = ",",
            paramLabel = "CIDR",
            description = "networks of the telephony provider or PBX, which may call phones and get their media")
    private List<String> voice = List.of();

    @Option(
            names = "--managers",
            split = ",",
            paramLabel = "CIDR",
            description = "networks from which phones are managed, and may be called")
    private List<String> managers = List.of();

    @Option(
            names = "--cleartext",
            split = ",",
            paramLabel = "PROTOCOL",
            description =
                    "protocols in the clear that are findings, of http, tftp, telnet, ftp, sip, old-tls; else all")
    private List<String> cleartext = Ordinary.ALL_CLEARTEXT;

    @Option(
            names = "--upload-megabytes",
            paramLabel = "N",
            description = "less, within an hour and to one endpoint, is no upload; else 10")
    private @Nullable Integer uploadMegabytes;

    /** The settings, of an observation whose beginning the input tells; throws {@link IllegalArgumentException}. */
    DetectionSettings settings() {
        DetectionSettings settings = DetectionSettings.assumed(0)
                .with(new SiteResolvers(resolvers))
                .with(new Outliers(
                        cohortDevices == null ? Outliers.DEFAULT.leastDevices() : cohortDevices,
                        cohortPercent == null ? Outliers.DEFAULT.mostPercent() : cohortPercent))
                .with(new Ordinary(
                        voice,
                        managers,
                        cleartext,
                        uploadMegabytes == null ? Ordinary.DEFAULT_UPLOAD_BYTES : uploadMegabytes * Ordinary.MEGABYTE));
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
