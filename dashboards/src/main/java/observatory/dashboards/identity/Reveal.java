package observatory.dashboards.identity;

import java.util.List;
import java.util.Optional;
import observatory.jobs.document.Act;
import observatory.jobs.document.Indices;
import observatory.jobs.elastic.ElasticClient;

/** Tells whom a pseudonym stands for, and to whom that was told. */
public final class Reveal {
    private final ElasticClient client;
    private final Audit audit;

    public Reveal(ElasticClient client, Audit audit) {
        this.client = client;
        this.audit = audit;
    }

    /**
     * The identity behind a pseudonym, once it is on record that it is told.
     *
     * @param reason why it is told
     * @throws IllegalArgumentException when nobody says why
     * @throws IdentityException when there is nothing to tell
     * @throws observatory.jobs.elastic.ElasticException when it cannot be put on record, or not be read
     */
    public Identity tell(DeviceName.Pseudonym device, String reason) {
        check(reason);
        Act act = audit.begin("reveal", device.text(), reason.strip());
        Optional<Identity> found = client.get(Indices.IDENTITIES, device.text()).map(Identity::of);
        Optional<String> nothing = found.isEmpty()
                ? Optional.of(unknown(device))
                : found.filter(Identity::erased)
                        .map(erased -> device.text() + " was erased; nobody can tell who it was");
        if (nothing.isPresent()) {
            audit.end(act, Act.Outcome.FAILURE, List.of(nothing.get()));
            throw new IdentityException(nothing.get());
        }
        audit.end(act, Act.Outcome.SUCCESS, List.of());
        return found.orElseThrow();
    }

    /** @throws IllegalArgumentException when nobody says why */
    public static void check(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException(
                    "nobody learns who a device is without a reason; give one with --reason");
        }
    }

    private String unknown(DeviceName.Pseudonym device) {
        client.refresh(Indices.IDENTITIES);
        return client.count(Indices.IDENTITIES) == 0
                ? "no identity is stored here: at privacy level aggregate none is, or nothing was replayed yet"
                : "no identity is stored under " + device.text();
    }
}
