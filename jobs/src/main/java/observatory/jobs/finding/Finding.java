package observatory.jobs.finding;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import observatory.jobs.attribute.Device;
import observatory.jobs.rollup.Destination;
import org.jspecify.annotations.Nullable;

/**
 * Something an analyst should look at, as known so far. It evolves instead of repeating: findings of the same kind and
 * cause are states of one finding, and the one with the greater {@code count} holds.
 *
 * @param kind what kind of thing
 * @param cause what it is about, stable over time: the id of its document is made of kind and cause. Where it names its
 *     device, it does so by the device's key, which becomes the pseudonym in documents
 * @param scope how wide it is: {@code fleet}, {@code site}, {@code group}, {@code cohort}, {@code device}, {@code sensor}
 * @param severity how much it matters
 * @param headline the finding in one sentence, in which {@link #WHO} stands for the device and {@link #WHERE} for the
 *     destination; never a verdict
 * @param reason why the severity is what it is, in one sentence
 * @param facts what was seen, in sentences without raw identities
 * @param missing input that would have been needed to be surer; empty when nothing was missing
 * @param evidence documents it rests on, the earliest first; at most {@link Evidence#LIMIT}
 * @param firstMillis first event, milliseconds since 1970
 * @param lastMillis latest event
 * @param count number of events; grows with every state
 * @param devices number of devices
 * @param bytesOut bytes from devices
 * @param bytesIn bytes to devices
 * @param site site, where it concerns one
 * @param sensor sensor, where it concerns one
 * @param device device, where it concerns one, or the first of several
 * @param destination other end, where there is one
 * @param state whether it still goes on, as far as the input tells
 */
public record Finding(
        Kind kind,
        String cause,
        String scope,
        Severity severity,
        String headline,
        String reason,
        List<String> facts,
        List<String> missing,
        List<Evidence> evidence,
        long firstMillis,
        long lastMillis,
        long count,
        long devices,
        long bytesOut,
        long bytesIn,
        @Nullable String site,
        @Nullable String sensor,
        @Nullable Device device,
        @Nullable Destination destination,
        State state) {

    /** Stands for the device in a headline: cohort and pseudonym. */
    public static final String WHO = "{who}";
    /** Stands for the destination in a headline: service and endpoint. */
    public static final String WHERE = "{where}";

    public Finding {
        facts = List.copyOf(facts);
        missing = List.copyOf(missing);
        evidence = List.copyOf(evidence);
    }

    /** A finding about a device, to be completed. */
    public static Draft of(Kind kind, Device device, String cause) {
        Draft draft = new Draft(kind, cause, "device");
        draft.device = device;
        draft.site = device.site();
        draft.devices = 1;
        return draft;
    }

    /** A finding of a wider or another scope, to be completed. */
    public static Draft of(Kind kind, String scope, String cause) {
        return new Draft(kind, cause, scope);
    }

    /** This finding, to be changed: kind and cause stay. */
    public Draft draft() {
        Draft draft = new Draft(kind, cause, scope);
        draft.severity = severity;
        draft.headline = headline;
        draft.reason = reason;
        draft.facts = facts;
        draft.missing = missing;
        draft.evidence.addAll(evidence);
        draft.firstMillis = firstMillis;
        draft.lastMillis = lastMillis;
        draft.count = count;
        draft.devices = devices;
        draft.bytesOut = bytesOut;
        draft.bytesIn = bytesIn;
        draft.site = site;
        draft.sensor = sensor;
        draft.device = device;
        draft.destination = destination;
        draft.state = state;
        return draft;
    }

    /** What can be found. */
    public enum Kind {
        /** First contact of a scope with an endpoint. */
        NEW_ENDPOINT,
        /** An endpoint that nobody had contacted for long is contacted again. */
        DORMANT_ENDPOINT,
        /** First contact of a scope with a cloud provider. */
        NEW_CLOUD,
        /** First contact of a scope with a country on which the sources agree. */
        NEW_COUNTRY,
        /** First contact of a scope with an operator. */
        NEW_OPERATOR,
        /** Few of many phones of a cohort talk to an endpoint. */
        COHORT_OUTLIER,
        /** A device has begun to contact an endpoint periodically. */
        NEW_BEACON,
        /** Periodic contact has changed its period, size or place. */
        BEACON_CHANGED,
        /** The site's policy is broken. */
        RESIDENCY_VIOLATION,
        /** Contact with a destination that nothing names, while names were being logged. */
        NO_DNS_DESTINATION,
        /** DNS to a resolver that is not the site's. */
        FOREIGN_RESOLVER,
        /** DNS over TLS or HTTPS to a resolver that is not the site's. */
        HIDDEN_DNS,
        /** Far more bytes leave than usual. */
        UPLOAD_ANOMALY,
        /** A device contacts many internal hosts or ports. */
        LAN_PROBE,
        /** Somebody other than a voice server is answered by a device's port. */
        NEW_INBOUND_SERVICE,
        /** A device is managed, or registers, in clear text or with an outdated TLS. */
        CLEARTEXT_MANAGEMENT,
        /** A device that was regularly heard of is not any more. */
        SILENT_DEVICE,
        /** A sensor that delivered stopped delivering. */
        SENSOR_SILENT,
        /** An exporter delivers, but not all. */
        COVERAGE_GAP;

        /** The name used in documents and summaries: {@code new-endpoint}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How much it matters. */
    public enum Severity {
        LOW(21),
        MEDIUM(47),
        HIGH(73);

        private final int score;

        Severity(int score) {
            this.score = score;
        }

        /** Value of {@code event.severity}, 0 to 100. */
        public int score() {
            return score;
        }

        /** The name used in documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a finding still goes on. What an analyst thinks of it is not known here. */
    public enum State {
        OPEN,
        /** What was found has ended, or has become part of a wider finding; the facts say which. */
        CLOSED;

        /** The name used in documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A finding in the making. What is not told stays as it was; at first nothing was seen, by nobody. */
    public static final class Draft {
        private final Kind kind;
        private final String cause;
        private String scope;
        private final SequencedSet<Evidence> evidence = new LinkedHashSet<>();
        private Severity severity = Severity.LOW;
        private String headline = "";
        private String reason = "";
        private List<String> facts = List.of();
        private List<String> missing = List.of();
        private long firstMillis = Long.MAX_VALUE;
        private long lastMillis = Long.MIN_VALUE;
        private long count;
        private long devices;
        private long bytesOut;
        private long bytesIn;
        private @Nullable String site;
        private @Nullable String sensor;
        private @Nullable Device device;
        private @Nullable Destination destination;
        private State state = State.OPEN;

        private Draft(Kind kind, String cause, String scope) {
            this.kind = kind;
            this.cause = cause;
            this.scope = scope;
        }

        /** How much it matters, and why, in one sentence. */
        public Draft severity(Severity severity, String reason) {
            this.severity = severity;
            this.reason = reason;
            return this;
        }

        /** The one sentence, see {@link Finding#headline}. */
        public Draft headline(String headline) {
            this.headline = headline;
            return this;
        }

        /** What was seen, in place of what was said before. */
        public Draft facts(List<String> facts) {
            this.facts = facts;
            return this;
        }

        /** What was missing, in place of what was said before. */
        public Draft missing(List<String> missing) {
            this.missing = missing;
            return this;
        }

        /** One more document; beyond {@link Evidence#LIMIT} it is not kept. */
        public Draft evidence(Evidence document) {
            if (evidence.size() < Evidence.LIMIT) {
                evidence.add(document);
            }
            return this;
        }

        /** Events from one time to another were part of it. */
        public Draft between(long firstMillis, long lastMillis) {
            this.firstMillis = Math.min(this.firstMillis, firstMillis);
            this.lastMillis = Math.max(this.lastMillis, lastMillis);
            return this;
        }

        /** So many events more, with their bytes. */
        public Draft more(long events, long bytesOut, long bytesIn) {
            count += events;
            this.bytesOut += bytesOut;
            this.bytesIn += bytesIn;
            return this;
        }

        /** So many devices in all. */
        public Draft devices(long devices) {
            this.devices = devices;
            return this;
        }

        /** The site it concerns; null when it is wider than one. */
        public Draft site(@Nullable String site) {
            this.site = site;
            return this;
        }

        /** The sensor it concerns. */
        public Draft sensor(String sensor) {
            this.sensor = sensor;
            return this;
        }

        /** The device it concerns, or the first of several. */
        public Draft device(Device device) {
            this.device = device;
            return this;
        }

        /** The other end. */
        public Draft destination(Destination destination) {
            this.destination = destination;
            return this;
        }

        /** It has become as wide as this. */
        public Draft scope(String wider) {
            scope = wider;
            return this;
        }

        /** It has ended; the end counts as an event, since every state of a finding counts more than the one before. */
        public Draft closed() {
            state = State.CLOSED;
            count++;
            return this;
        }

        /** It goes on after all. */
        public Draft open() {
            state = State.OPEN;
            return this;
        }

        /** The finding. */
        public Finding end() {
            return new Finding(
                    kind,
                    cause,
                    scope,
                    severity,
                    headline,
                    reason,
                    facts,
                    missing,
                    new ArrayList<>(evidence),
                    firstMillis,
                    lastMillis,
                    count,
                    devices,
                    bytesOut,
                    bytesIn,
                    site,
                    sensor,
                    device,
                    destination,
                    state);
        }
    }
}
