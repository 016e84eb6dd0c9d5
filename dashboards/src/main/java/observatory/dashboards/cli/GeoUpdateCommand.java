package observatory.dashboards.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import observatory.geo.update.Credentials;
import observatory.geo.update.MaxMindUpdate;
import observatory.geo.update.PackagesUpdate;
import observatory.geo.update.RangesUpdate;
import observatory.geo.update.Updated;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fetches newer data. The one command that asks the network for data about addresses. */
@Command(
        name = "update",
        description = {
            "Installs the pinned packages, and fetches ranges of cloud providers and, with an account, MaxMind's databases.",
            "What is not newer is not fetched again; what fails leaves what is there. A running `up` takes over what is new.",
            "MaxMind's account and key are read from OBSERVATORY_MAXMIND_ACCOUNT and OBSERVATORY_MAXMIND_KEY, or from a file"
                    + " like MaxMind's GeoIP.conf with mode 0600. Exit code 1 when something failed."
        })
final class GeoUpdateCommand implements Callable<Integer> {
    private static final String ROW = "%-10s %-24s %s%n";

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GeoOptions geo;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "KIND",
            description = "packages, ranges, maxmind; else all, maxmind when there is an account")
    private List<String> only = List.of();

    @Option(
            names = "--feed",
            paramLabel = "PROVIDER=URL|FILE",
            description =
                    "where the ranges of aws, azure, gcp or oracle are; else where the provider publishes them, azure"
                            + " not, since its address changes every week")
    private Map<String, String> feeds = new LinkedHashMap<>();

    @Option(
            names = "--editions",
            split = ",",
            paramLabel = "EDITION",
            description = "databases of MaxMind (GeoLite2-Country,GeoLite2-ASN)")
    private List<String> editions = MaxMindUpdate.EDITIONS;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "file with MaxMind's AccountID and LicenseKey, readable by its owner alone; else"
                    + " .observatory/GeoIP.conf")
    private @Nullable Path credentials;

    @Option(names = "--maxmind-url", paramLabel = "URL", description = "a mirror of MaxMind's server")
    private URI maxmindUrl = MaxMindUpdate.MAXMIND;

    GeoUpdateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        for (String kind : only) {
            if (!List.of("packages", "ranges", "maxmind").contains(kind)) {
                throw CommandFailure.usage("'" + kind + "' cannot be updated; known are packages, ranges, maxmind");
            }
        }
        Optional<Credentials> account = asks("maxmind") ? account() : Optional.empty();
        Path home = surroundings.home();
        List<Updated> done = new ArrayList<>();
        if (asks("packages")) {
            done.add(new PackagesUpdate(home.resolve("geo-data")).run());
        }
        if (asks("ranges")) {
            done.addAll(new RangesUpdate(geo.ranges(home)).run(feeds()));
        }
        if (account.isPresent()) {
            done.addAll(new MaxMindUpdate(maxmindUrl, account.get(), geo.maxmind(home)).run(editions));
        }
        print(done);
        return done.stream().anyMatch(updated -> updated.outcome() == Updated.Outcome.FAILED)
                ? CommandFailure.FAILED
                : 0;
    }

    private boolean asks(String kind) {
        return only.isEmpty() || only.contains(kind);
    }

    private Map<String, String> feeds() {
        Map<String, String> all = new LinkedHashMap<>(RangesUpdate.FEEDS);
        all.putAll(feeds);
        return all;
    }

    private void print(List<Updated> done) {
        PrintWriter out = spec.commandLine().getOut();
        for (Updated updated : done) {
            out.printf(ROW, updated.outcome().label(), updated.what(), updated.detail());
        }
    }

    /** From the environment, else from a file; empty when MaxMind was not asked for by name and nothing tells an account. */
    private Optional<Credentials> account() throws IOException {
        String account = System.getenv("OBSERVATORY_MAXMIND_ACCOUNT");
        String key = System.getenv("OBSERVATORY_MAXMIND_KEY");
        Path file = credentials == null ? surroundings.home().resolve(".observatory/GeoIP.conf") : credentials;
        try {
            if (account != null && key != null && credentials == null) {
                return Optional.of(new Credentials(account, key));
            }
            if (Files.exists(file)) {
                return Optional.of(Credentials.ofFile(file));
            }
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage(String.valueOf(wrong.getMessage()));
        }
        if (credentials != null || only.contains("maxmind")) {
            throw CommandFailure.usage("MaxMind asks for an account: there is no " + file
                    + " and not both of OBSERVATORY_MAXMIND_ACCOUNT and OBSERVATORY_MAXMIND_KEY");
        }
        return Optional.empty();
    }
}
