package observatory.dashboards.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import observatory.dashboards.identity.Audit;
import observatory.dashboards.identity.DeviceName;
import observatory.dashboards.identity.Erase;
import observatory.dashboards.identity.IdentityException;
import observatory.dashboards.local.LocalServices;
import observatory.jobs.document.ErasedDevices;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.elastic.ElasticClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Forgets who a device is. */
@Command(
        name = "erase",
        description = {
            "Erases who a device is: MAC, address, host name and owner. What was observed stays under its pseudonym.",
            "Jobs that run now or later do not write the identity again, until --undo. It is put on record."
        })
final class EraseCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DEVICE",
            description = "its pseudonym (dev-...), its MAC, or an address that only one stored device has")
    private String device;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "why; kept with the record, so it must not tell the device")
    private String reason;

    @Option(names = "--undo", description = "take it back: the next time the device is seen, its identity is written")
    private boolean undo;

    @Option(
            names = "--pseudonym-key",
            paramLabel = "FILE",
            description = "the key of the pseudonyms, where the configuration names one (.observatory/pseudonym.key)")
    private @Nullable Path key;

    @Mixin
    private StoredOptions stored;

    EraseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        Path file = key == null ? surroundings.folders().pseudonymKey() : key;
        try (LocalServices services = LocalServices.untilProcessEnds()) {
            DeviceName name = DeviceName.parse(device);
            if (!Files.exists(file)) {
                throw CommandFailure.usage(
                        "no key of pseudonyms at " + file + "; name the one in use with --pseudonym-key");
            }
            Stage stage = new Stage(surroundings, services, spec.commandLine().getErr());
            try (ElasticClient client = ElasticClient.to(stored.open(stage, surroundings.folders()))) {
                Audit audit = new Audit(client, surroundings.clock(), Surroundings.account());
                return work(new Erase(client, audit, Pseudonyms.ofFile(file), ErasedDevices.beside(file)), name, stage);
            }
        } catch (IdentityException e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private int work(Erase erase, DeviceName name, Stage stage) {
        PrintWriter out = spec.commandLine().getOut();
        if (undo) {
            out.println("Taken back: the identity of " + erase.undo(name, reason)
                    + " is written again when it is next seen, a minute from now at the earliest.");
            return 0;
        }
        stage.say("Erasing; Elasticsearch takes up to a minute and a half to let go of the text ...");
        Erase.Result result = erase.erase(name, reason);
        out.println("Erased who " + String.join(" and ", result.pseudonyms())
                + " is; no job writes it again. What was observed stays under the pseudonym.");
        out.println("Your logs, backups, and Kafka and checkpoints for as long as they keep it, hold raw input still.");
        if (!result.remains().isEmpty()) {
            throw CommandFailure.failed(String.join("; ", result.remains()));
        }
        return 0;
    }
}
