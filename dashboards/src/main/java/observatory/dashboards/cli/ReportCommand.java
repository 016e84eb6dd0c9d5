package observatory.dashboards.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import observatory.dashboards.local.LocalServices;
import observatory.dashboards.report.Instrument;
import observatory.dashboards.report.Report;
import observatory.dashboards.report.ReportRequest;
import observatory.dashboards.report.ResidencyCsv;
import observatory.dashboards.report.ResidencyHtml;
import observatory.dashboards.report.ResidencyJson;
import observatory.dashboards.report.ResidencyReport;
import observatory.dashboards.search.Archive;
import observatory.dashboards.search.Filter;
import observatory.dashboards.search.Range;
import observatory.jobs.elastic.ElasticClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reports for people who do not look at consoles. */
@Command(
        name = "report",
        synopsisSubcommandLabel = "COMMAND",
        description = "Writes reports.",
        subcommands = ReportCommand.Residency.class)
final class ReportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Where data went, in which countries and under whose law. */
    @Command(
            name = "residency",
            description = {
                "Writes which recipients phones talked to, where those answer and whose law reaches them.",
                "Without --from and --to: the latest two weeks that are stored."
            })
    static final class Residency implements Callable<Integer> {
        private final Surroundings surroundings;

        @Spec
        private CommandSpec spec;

        @Mixin
        private StoredOptions stored;

        @Option(
                names = "--format",
                split = ",",
                paramLabel = "FORMAT",
                defaultValue = "html",
                description = "${COMPLETION-CANDIDATES}; several with commas (${DEFAULT-VALUE})")
        private List<Format> formats;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                defaultValue = ".",
                description = "folder for the files (this one)")
        private Path out;

        @Option(
                names = "--from",
                paramLabel = "DAY",
                converter = Day.Reader.class,
                description = "first day, such as 2026-11-02, or a moment")
        private @Nullable Day from;

        @Option(
                names = "--to",
                paramLabel = "DAY",
                converter = Day.Reader.class,
                description = "first day no longer covered, or a moment")
        private @Nullable Day to;

        @Option(names = "--site", paramLabel = "NAME", description = "only this site")
        private @Nullable String site;

        @Option(
                names = "--zone",
                paramLabel = "ZONE",
                defaultValue = "UTC",
                description = "time zone in which days are" + " counted, such as Europe/Zurich (${DEFAULT-VALUE})")
        private ZoneId zone;

        @Option(names = "--organisation", paramLabel = "NAME", defaultValue = "", description = "whose report it is")
        private String organisation;

        @Option(
                names = "--instruments",
                paramLabel = "FILE",
                description = "JSON list of the legal grounds of transfers, which cannot be observed")
        private @Nullable Path instruments;

        Residency(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            List<Instrument> grounds = grounds();
            Filter filter = new Filter(moment(from), moment(to), site, null);
            Files.createDirectories(out);
            try (LocalServices services = LocalServices.untilProcessEnds()) {
                Stage stage =
                        new Stage(surroundings, services, spec.commandLine().getErr());
                try (ElasticClient client = ElasticClient.to(stored.open(stage, surroundings.folders()))) {
                    Range range = new Archive(client::search, surroundings.clock()).range(filter);
                    write(new ResidencyReport(client::search, surroundings.clock()).build(request(range, grounds)));
                }
            }
            return 0;
        }

        private @Nullable Instant moment(@Nullable Day day) {
            return day == null ? null : day.in(zone);
        }

        private List<Instrument> grounds() throws IOException {
            try {
                return instruments == null ? List.of() : Instrument.read(instruments);
            } catch (FileSystemException e) {
                throw e;
            } catch (IOException e) {
                throw CommandFailure.usage(String.valueOf(e.getMessage()));
            }
        }

        private ReportRequest request(Range range, List<Instrument> grounds) {
            return new ReportRequest(range.from(), range.to(), zone, site, organisation, Version.ofBuild(), grounds);
        }

        private void write(Report report) throws IOException {
            String days = report.header().from().atZone(zone).toLocalDate() + "-to-"
                    + report.header().to().minusNanos(1).atZone(zone).toLocalDate();
            Set<Format> wanted = EnumSet.copyOf(formats);
            for (Format format : wanted) {
                Path file = out.resolve("residency-" + days + "." + format);
                OutputFile.write(file, format.of(report).getBytes(StandardCharsets.UTF_8));
                spec.commandLine().getOut().println(file);
            }
        }

        /** The forms a report can take. */
        enum Format {
            HTML {
                @Override
                String of(Report report) {
                    return ResidencyHtml.of(report);
                }
            },
            CSV {
                @Override
                String of(Report report) {
                    return ResidencyCsv.of(report);
                }
            },
            JSON {
                @Override
                String of(Report report) {
                    return ResidencyJson.of(report);
                }
            };

            abstract String of(Report report);

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
