package observatory.dashboards.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import observatory.jobs.document.Act;
import observatory.jobs.document.ErasedDevices;
import observatory.jobs.document.Erasure;
import observatory.jobs.document.Indices;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.Writes;
import org.jspecify.annotations.Nullable;

/**
 * Erases who a device is. First the list beside the key is written, by which every job that runs now or later knows; then
 * the identity is replaced by a mark that nothing can overwrite, and removed from the files of the index. What was
 * observed stays under the pseudonym. Doing it again does no harm.
 */
public final class Erase {
    private static final String ALL = "observatory-*";
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int LOOKS = 45;

    private final ElasticClient client;
    private final Audit audit;
    private final Pseudonyms pseudonyms;
    private final ErasedDevices list;

    public Erase(ElasticClient client, Audit audit, Pseudonyms pseudonyms, ErasedDevices list) {
        this.client = client;
        this.audit = audit;
        this.pseudonyms = pseudonyms;
        this.list = list;
    }

    /**
     * What was done.
     *
     * @param pseudonyms devices that are erased now: the one that was named, and what its address was called before its
     *     MAC was known
     * @param telling documents outside the guarded index that still tell its MAC or address, written at level full
     * @param offDisk whether the identity is gone from the files of the guarded index too
     */
    public record Result(Set<String> pseudonyms, long telling, boolean offDisk) {
        /** What of the device is left, in sentences; none after an erasure as it should be. */
        public List<String> remains() {
            List<String> remains = new ArrayList<>();
            if (telling > 0) {
                remains.add(telling + " documents written at privacy level full tell it still; delete their indices and"
                        + " replay at level pseudonymous");
            }
            if (!offDisk) {
                remains.add(
                        "Elasticsearch keeps the deleted text in its files for a copy that is away; erase again when"
                                + " its cluster is green");
            }
            return remains;
        }
    }

    /** What is known of a device that is named: pseudonyms, and the words that must not be left anywhere. */
    private record Target(
            Set<String> pseudonyms,
            @Nullable String mac,
            @Nullable String address,
            Set<String> words) {}

    /**
     * Erases a device.
     *
     * @param reason why, in words that do not tell the device; may be empty
     * @throws IllegalArgumentException when the reason tells the device, or the key is another one's
     * @throws IdentityException when no such device is known, or several are meant
     * @throws observatory.jobs.elastic.ElasticException when it cannot be put on record or done; what was done by then
     *     stays, and doing it again does the rest
     */
    public Result erase(DeviceName device, String reason) {
        client.refresh(Indices.IDENTITIES);
        Target target = target(device);
        String lower = reason.toLowerCase(Locale.ROOT);
        if (target.words().stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)))) {
            throw new IllegalArgumentException("the reason is kept: it must not tell which device it is");
        }
        Act act = audit.begin("erase", String.join(",", target.pseudonyms()), reason.strip());
        list.add(target.pseudonyms());
        long now = audit.clock().millis();
        target.pseudonyms().forEach(pseudonym -> client.put(new Erasure(pseudonym, now).document(false)));
        client.refresh(ALL);
        Result result = new Result(target.pseudonyms(), telling(target), isOffDisk());
        audit.end(act, result.remains().isEmpty() ? Act.Outcome.SUCCESS : Act.Outcome.FAILURE, result.remains());
        return result;
    }

    /**
     * Takes an erasure back: what is seen of the device from now on is told again; what was erased stays so.
     *
     * @throws IdentityException when it was not erased
     */
    public String undo(DeviceName device, String reason) {
        String pseudonym = switch (device) {
            case DeviceName.Pseudonym named -> named.text();
            case DeviceName.Mac mac -> pseudonyms.of(mac.text());
            case DeviceName.Address address ->
                throw new IdentityException("which device had that address is erased; name its pseudonym or MAC");
        };
        if (!list.contains(pseudonym)) {
            throw new IdentityException(pseudonym + " is not erased");
        }
        Act act = audit.begin("erase-undo", pseudonym, reason.strip());
        list.remove(Set.of(pseudonym));
        client.delete(Indices.IDENTITIES, pseudonym);
        audit.end(act, Act.Outcome.SUCCESS, List.of());
        return pseudonym;
    }

    private Target target(DeviceName device) {
        return switch (device) {
            case DeviceName.Pseudonym named ->
                stored(named.text())
                        .map(this::withFormer)
                        .or(() -> Optional.of(only(named.text())).filter(known -> list.contains(named.text())))
                        .orElseThrow(() -> new IdentityException("no identity is stored under " + named.text()));
            // A MAC that was never seen can be erased too: its pseudonym follows from it.
            case DeviceName.Mac mac ->
                stored(pseudonyms.of(mac.text()))
                        .map(this::withFormer)
                        .orElseGet(() ->
                                new Target(Set.of(pseudonyms.of(mac.text())), mac.text(), null, Set.of(mac.text())));
            case DeviceName.Address address -> at(address.text());
        };
    }

    private Target at(String address) {
        List<Identity> there = having("host.ip", address);
        List<Identity> known =
                there.stream().filter(found -> found.mac() != null).toList();
        List<Identity> meant = known.isEmpty() ? there : known;
        if (meant.isEmpty()) {
            throw new IdentityException("no stored identity has the address " + address);
        }
        if (meant.size() > 1) {
            throw new IdentityException(meant.size() + " devices had the address " + address + ": "
                    + String.join(
                            ", ",
                            meant.stream().map(Identity::pseudonym).sorted().toList())
                    + "; name the one that is meant");
        }
        return withFormer(meant.getFirst());
    }

    private Optional<Identity> stored(String pseudonym) {
        return client.get(Indices.IDENTITIES, pseudonym).map(Identity::of).filter(found -> !found.erased());
    }

    private static Target only(String pseudonym) {
        return new Target(Set.of(pseudonym), null, null, Set.of());
    }

    /** A device, and what its address was called at the same site as long as nobody knew whose it was. */
    private Target withFormer(Identity identity) {
        if (!pseudonyms.of(identity.key()).equals(identity.pseudonym())) {
            throw new IllegalArgumentException(identity.pseudonym() + " was not made with the key beside " + list.file()
                    + "; name the right one with --pseudonym-key");
        }
        String address = identity.address();
        Set<String> all = new TreeSet<>(Set.of(identity.pseudonym()));
        if (address != null) {
            having("host.ip", address).stream()
                    .filter(other -> other.mac() == null)
                    .map(Identity::pseudonym)
                    .forEach(all::add);
        }
        Set<String> words = new TreeSet<>();
        Stream.of(identity.mac(), address, identity.hostName(), identity.owner())
                .filter(word -> word != null && !word.isEmpty())
                .forEach(words::add);
        return new Target(all, identity.mac(), address, words);
    }

    private List<Identity> having(String field, String value) {
        List<Identity> found = new ArrayList<>();
        client.scan(Indices.IDENTITIES, term(field, value), hit -> found.add(Identity.of(hit.path("_source"))));
        return found;
    }

    /** Waits until nothing needs what was replaced, half a minute as a rule, and has it removed. */
    private boolean isOffDisk() {
        Map<String, Writes> written = client.writes(Indices.IDENTITIES);
        boolean isFree = isFree(written);
        for (int looks = 0; !isFree && looks < LOOKS; looks++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            isFree = isFree(written);
        }
        client.expunge(Indices.IDENTITIES);
        return isFree;
    }

    private boolean isFree(Map<String, Writes> written) {
        Map<String, Writes> now = client.writes(Indices.IDENTITIES);
        return written.entrySet().stream().allMatch(shard -> {
            Writes found = now.get(shard.getKey());
            return found == null || found.kept() > shard.getValue().latest();
        });
    }

    /** Documents that tell it because they were written at level full. */
    private long telling(Target target) {
        String mac = target.mac();
        String address = target.address();
        long telling = mac == null ? 0 : client.count(ALL, term("host.mac", mac));
        if (address != null) {
            telling += client.count("observatory-flows-*", term("destination.ip", address));
            // With a MAC these were counted by it; at other times the address may have been another device's.
            telling += mac == null ? client.count("observatory-flows-*", term("source.ip", address)) : 0;
        }
        return telling;
    }

    private static JsonNode term(String field, String value) {
        return JsonNodeFactory.instance
                .objectNode()
                .set("term", JsonNodeFactory.instance.objectNode().put(field, value));
    }
}
