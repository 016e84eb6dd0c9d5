package observatory.dashboards.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import observatory.dashboards.identity.Audit;
import observatory.dashboards.identity.DeviceName;
import observatory.dashboards.identity.Identity;
import observatory.dashboards.identity.IdentityException;
import observatory.dashboards.identity.Reveal;
import observatory.dashboards.local.LocalServices;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells who a device is. */
@Command(
        name = "reveal",
        description = {
            "Tells which MAC, address, host name and owner a pseudonym stands for.",
            "Who asked, when and why is put on record first; where that cannot be stored, nothing is told."
        })
final class RevealCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DEVICE", description = "a pseudonym, dev- and 20 hex digits")
    private String device;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why it has to be known")
    private String reason;

    @Mixin
    private StoredOptions stored;

    RevealCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        try (LocalServices services = LocalServices.untilProcessEnds()) {
            DeviceName.Pseudonym name = DeviceName.Pseudonym.parse(device);
            Reveal.check(reason);
            Stage stage = new Stage(surroundings, services, spec.commandLine().getErr());
            try (ElasticClient client = ElasticClient.to(stored.open(stage, surroundings.folders()))) {
                Audit audit = new Audit(client, surroundings.clock(), Surroundings.account());
                print(new Reveal(client, audit).tell(name, reason));
            }
            return 0;
        } catch (IdentityException e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        } catch (ElasticException e) {
            throw CommandFailure.failed("nothing is revealed: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private void print(Identity identity) {
        PrintWriter out = spec.commandLine().getOut();
        line(out, "device", identity.pseudonym());
        line(out, "MAC", identity.mac());
        line(out, "address", identity.address());
        line(out, "host name", identity.hostName());
        line(out, "owner", identity.owner());
        line(out, "site", identity.site());
        line(out, "first seen", identity.firstSeen());
        line(out, "last seen", identity.lastSeen());
    }

    private static void line(PrintWriter out, String name, @Nullable String value) {
        if (value != null) {
            out.printf("%-10s  %s%n", name, value);
        }
    }
}
