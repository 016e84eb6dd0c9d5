package observatory.dashboards.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import observatory.dashboards.config.SuppressionReader;
import observatory.dashboards.finding.Decision;
import observatory.dashboards.finding.Findings;
import observatory.dashboards.local.LocalServices;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.finding.Suppressions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What was found, and what people make of it. */
@Command(
        name = "findings",
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists findings, decides on single ones, and applies suppressions to those that are stored.",
        subcommands = {
            FindingsCommand.ListThem.class,
            FindingsCommand.Acknowledge.class,
            FindingsCommand.Close.class,
            FindingsCommand.Reopen.class,
            FindingsCommand.Suppress.class
        })
final class FindingsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** What all of them do: open what is stored, and work on its findings. */
    private abstract static class OnFindings implements Callable<Integer> {
        private final Surroundings surroundings;

        @Spec
        CommandSpec spec;

        @Mixin
        private StoredOptions stored;

        OnFindings(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public final Integer call() throws Exception {
            try (LocalServices services = LocalServices.untilProcessEnds()) {
                Stage stage =
                        new Stage(surroundings, services, spec.commandLine().getErr());
                try (ElasticClient client = ElasticClient.to(stored.open(stage, surroundings.folders()))) {
                    client.installTemplates();
                    PrintWriter out = spec.commandLine().getOut();
                    work(new Findings(client, surroundings.clock()), out);
                    out.flush();
                    return 0;
                }
            }
        }

        abstract void work(Findings findings, PrintWriter out) throws Exception;
    }

    /** Which there are. */
    @Command(name = "list", description = "Lists findings, worst first: id, state, severity, when, and what it is.")
    static final class ListThem extends OnFindings {
        @Option(
                names = "--state",
                paramLabel = "STATE",
                defaultValue = "open",
                description = "open, acknowledged, suppressed, closed or all (${DEFAULT-VALUE})")
        private String state;

        @Option(names = "--json", description = "print one JSON object a line, as it is stored, with its id")
        private boolean json;

        ListThem(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void work(Findings findings, PrintWriter out) throws Exception {
            if (!List.of("open", "acknowledged", "suppressed", "closed", "all").contains(state)) {
                throw CommandFailure.usage(
                        "'" + state + "' is no state; it is open, acknowledged, suppressed, closed or all");
            }
            findings.settle(null, false);
            List<Findings.Stored> all = findings.all();
            List<Findings.Stored> asked = all.stream()
                    .filter(finding ->
                            state.equals("all") || FindingText.state(finding).equals(state))
                    .toList();
            for (Findings.Stored finding : asked) {
                if (json) {
                    ObjectNode line = finding.source().deepCopy();
                    out.println(new ObjectMapper().writeValueAsString(line.put("_id", finding.id())));
                } else {
                    FindingText.lines(finding).forEach(out::println);
                }
            }
            if (!json) {
                out.println(FindingText.counts(all));
            }
        }
    }

    /** A decision on one finding. */
    private abstract static class Decide extends OnFindings {
        private final Decision.Verdict verdict;

        @Parameters(paramLabel = "ID", description = "id of the finding, or as much of its beginning as is unique")
        private String id;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "why, in your own words; kept with the decision and in the audit")
        private String reason;

        @Option(names = "--user", paramLabel = "NAME", description = "who decides; else the account's name")
        private @Nullable String user;

        Decide(Surroundings surroundings, Decision.Verdict verdict) {
            super(surroundings);
            this.verdict = verdict;
        }

        @Override
        final void work(Findings findings, PrintWriter out) {
            String who = user == null ? System.getProperty("user.name", "") : user;
            try {
                Findings.Stored decided = findings.decide(findings.find(id), verdict, who, reason);
                FindingText.lines(decided).forEach(out::println);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Somebody is at it. */
    @Command(
            name = "acknowledge",
            description = "Somebody is at it: it is not told again, also while it grows, and stays acknowledged.")
    static final class Acknowledge extends Decide {
        Acknowledge(Surroundings surroundings) {
            super(surroundings, Decision.Verdict.ACKNOWLEDGED);
        }
    }

    /** Nothing is left to do. */
    @Command(
            name = "close",
            description = "Nothing is left to do. It is open again as soon as it goes on after what is known now.")
    static final class Close extends Decide {
        Close(Surroundings surroundings) {
            super(surroundings, Decision.Verdict.CLOSED);
        }
    }

    /** An earlier decision no longer holds. */
    @Command(name = "reopen", description = "Takes an earlier decision back.")
    static final class Reopen extends Decide {
        Reopen(Surroundings surroundings) {
            super(surroundings, Decision.Verdict.REOPENED);
        }
    }

    /** Suppressions, also of what is stored. */
    @Command(
            name = "suppress",
            description = {
                "Applies a list of suppressions (docker/suppressions.yaml is an example) to the findings that are stored:"
                        + " what it covers is suppressed, what it no longer covers is open again.",
                "For findings to come name the same file in observatory.yaml, or give it to replay with --suppressions."
            })
    static final class Suppress extends OnFindings {
        @Parameters(paramLabel = "FILE", description = "the suppressions, YAML")
        private Path file;

        @Option(names = "--preview", description = "only print what would change")
        private boolean preview;

        Suppress(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void work(Findings findings, PrintWriter out) {
            Suppressions suppressions = SuppressionReader.read(file);
            List<Findings.Change> changes = findings.settle(suppressions, preview);
            changes.forEach(change -> out.println(FindingText.line(change)));
            out.println(changes.size() + (preview ? " findings would change" : " findings changed"));
        }
    }
}
