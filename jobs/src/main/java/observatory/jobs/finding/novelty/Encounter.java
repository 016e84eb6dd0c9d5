package observatory.jobs.finding.novelty;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;
import org.jspecify.annotations.Nullable;

/**
 * A device meets a subject: its first contact of a day, or all other contacts of that day together. On its way it learns
 * for how long device and site have been watched, and whether the device had met the subject before.
 *
 * @param subject whom the device meets
 * @param atMillis when it is judged: the end of its window plus the lateness that is waited for, or the end of its day
 * @param contact what was counted; null when this is a seed
 * @param seed what was known before the job began; null when this is a contact
 * @param deviceSinceMillis since when the device is watched
 * @param siteSinceMillis since when its site is watched
 * @param siteUnbrokenMillis since when it is watched without a gap of days
 * @param namesMissing whether it has no name because names were not logged: then it is remembered, but no news
 * @param endpointIsNew whether the device had never contacted the endpoint
 * @param isNew whether the device had never met the subject
 * @param newIn scopes in which it is counted for the first time, as keys
 */
public record Encounter(
        Subject subject,
        long atMillis,
        @Nullable Rollup contact,
        @Nullable Seen seed,
        long deviceSinceMillis,
        long siteSinceMillis,
        long siteUnbrokenMillis,
        boolean namesMissing,
        boolean endpointIsNew,
        boolean isNew,
        List<String> newIn) {

    /** A total order for encounters that are judged at the same time: seeds, then by when they were and whose. */
    public static final Comparator<Encounter> ORDER = Comparator.comparingLong(Encounter::atMillis)
            .thenComparingLong(Encounter::firstMillis)
            .thenComparing(Encounter::who)
            .thenComparing(encounter -> encounter.subject().key());

    public Encounter {
        newIn = List.copyOf(newIn);
    }

    /** A contact with an endpoint. */
    public static Encounter of(Visit visit, long atMillis, long deviceSinceMillis) {
        return new Encounter(
                Subject.endpoint(visit.contact().destination()),
                atMillis,
                visit.contact(),
                null,
                deviceSinceMillis,
                0,
                0,
                visit.namesMissing(),
                false,
                false,
                List.of());
    }

    /** What was known of a subject before the job began. */
    static Encounter seed(Subject subject, Seen known) {
        return new Encounter(subject, 0, null, known, 0, 0, 0, false, false, false, List.of());
    }

    /** The same at a site that has been watched since a time. */
    Encounter atSite(long sinceMillis, long unbrokenMillis) {
        return new Encounter(
                subject,
                atMillis,
                contact,
                seed,
                deviceSinceMillis,
                sinceMillis,
                unbrokenMillis,
                namesMissing,
                false,
                false,
                newIn);
    }

    /** The same, by a device that had met the subject or not, and is new in some scopes. */
    Encounter met(boolean isNewToDevice, List<String> scopes) {
        boolean newEndpoint = subject.kind() == Subject.Kind.ENDPOINT ? isNewToDevice : endpointIsNew;
        return new Encounter(
                subject,
                atMillis,
                contact,
                seed,
                deviceSinceMillis,
                siteSinceMillis,
                siteUnbrokenMillis,
                namesMissing,
                newEndpoint,
                isNewToDevice,
                scopes);
    }

    /** The same contact, with what stands behind the endpoint. */
    Encounter with(Subject behind) {
        return new Encounter(
                behind,
                atMillis,
                contact,
                seed,
                deviceSinceMillis,
                siteSinceMillis,
                siteUnbrokenMillis,
                namesMissing,
                endpointIsNew,
                false,
                List.of());
    }

    /** What was counted; only for contacts. */
    public Rollup visit() {
        return Objects.requireNonNull(contact, "a seed has no contact");
    }

    Destination destination() {
        return visit().destination();
    }

    /** Time of the contact itself. */
    long firstMillis() {
        return contact == null ? 0 : contact.firstStartMillis();
    }

    private String who() {
        return contact != null
                ? contact.key()
                : seed == null ? "" : seed.scope().name() + "|" + seed.scopeId();
    }
}
