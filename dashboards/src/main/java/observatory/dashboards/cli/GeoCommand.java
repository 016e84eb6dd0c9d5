package observatory.dashboards.cli;

import java.io.PrintWriter;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import observatory.geo.snapshot.DataSet;
import observatory.geo.snapshot.GeoSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The data behind attributions. */
@Command(
        name = "geo",
        synopsisSubcommandLabel = "COMMAND",
        description = "Tells about the data behind places, networks, services and makers, and fetches newer data.",
        subcommands = {GeoCommand.Status.class, GeoUpdateCommand.class})
final class GeoCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Editions, ages and licences; exit code 1 when something is missing or old. */
    @Command(
            name = "status",
            description = "Lists data sets with edition, age and licence; exit code 1 when one is missing or too old.")
    static final class Status implements Callable<Integer> {
        private static final String ROW = "%-8s %-16s %-13s %-20s %-10s %s%n";

        private final Surroundings surroundings;

        @Spec
        private CommandSpec spec;

        @Mixin
        private GeoOptions geo;

        Status(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            GeoSnapshot snapshot = geo.under(surroundings.home()).snapshot();
            PrintWriter out = spec.commandLine().getOut();
            out.printf(ROW, "STATE", "DATA SET", "USED FOR", "EDITION", "AGE", "LICENCE");
            for (DataSet set : snapshot.dataSets()) {
                out.printf(ROW, state(set), set.id(), set.role(), set.edition(), age(set), set.licence());
            }
            out.println("Snapshot " + snapshot.digest());
            snapshot.replacements().forEach(replacement -> out.println("Your catalogue: " + replacement));
            for (String words : snapshot.announcements(surroundings.clock())) {
                out.println("Problem: " + words);
            }
            out.println("Attribution: " + snapshot.attributionLine());
            boolean isFresh = snapshot.oldDataSets(surroundings.clock()).isEmpty();
            return snapshot.problems().isEmpty() && isFresh ? 0 : CommandFailure.FAILED;
        }

        private String state(DataSet set) {
            if (!set.present()) {
                return "missing";
            }
            return set.isOld(surroundings.clock()) ? "old" : "ok";
        }

        private String age(DataSet set) {
            OptionalLong days = set.ageDays(surroundings.clock());
            return days.isEmpty() ? "-" : days.getAsLong() + " days";
        }
    }
}
