package observatory.ingest.netflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.sflow.SflowReader;
import observatory.ingest.text.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * Everything remembered about one exporter: its templates, what its options say (sampling, applications, boot time), where
 * its sequence numbers stand, the fingerprints of its last datagrams, and data sets that wait for their template. It
 * decodes the exporter's datagrams of any format, in the order of their arrival.
 *
 * <p>All of it is bounded; what goes beyond a bound is a rejection that names the bound. No input raises an exception. Not
 * safe for use by several threads. {@link #snapshot} and {@link #restore} carry it over a restart: the output after them is
 * what it would have been without.
 */
public final class ExporterSession {
    /** Against data for templates that never come: so many sets wait, then the oldest is given up. */
    public static final int MOST_HELD_SETS = 2_048;

    /** Likewise, in bytes. */
    public static final int MOST_HELD_BYTES = 1024 * 1024;

    /** Against datagrams of ever new observation domains: what was learnt of the one silent longest is forgotten. */
    public static final int MOST_DOMAINS = 1_024;

    /** Against templates of very many fields, which make every record expensive. The longest known have some 100. */
    public static final int MOST_TEMPLATE_FIELDS = 1_024;

    /** A datagram that comes again within this many is a duplicate. */
    static final int FINGERPRINTS = 64;

    private static final int V5_HEADER = 24;
    private static final int V9_HEADER = 20;
    private static final int IPFIX_HEADER = 16;
    private static final int SET_HEADER = 4;
    private static final int FIRST_DATA_SET = 256;
    private static final int V9_TEMPLATES = 0;
    private static final int V9_OPTIONS = 1;
    private static final int IPFIX_TEMPLATES = 2;
    private static final int IPFIX_OPTIONS = 3;
    private static final int SAMPLE_BYTES = Rejection.SAMPLE_LIMIT / 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** A clock that went wrong by a tenth of what is borne is worth a status. */
    private static final int SKEW_STEPS = 10;

    /** The 48 bytes of a NetFlow v5 record, as if a template had announced them. */
    private static final Template V5_RECORD = template(
            8, 4, 12, 4, 15, 4, 10, 2, 14, 2, 2, 4, 1, 4, 22, 4, 21, 4, 7, 2, 11, 2, 210, 1, 6, 1, 4, 1, 5, 1, 16, 2,
            17, 2, 9, 1, 13, 1, 210, 2);

    private final SessionSettings settings;
    private final TemplateTable templates = new TemplateTable();
    private final Map<Long, Domain> domains = new LinkedHashMap<>(4, 0.75f, true);
    private final Deque<HeldSet> held = new ArrayDeque<>();
    /** How many sets wait for a template, so that a flood of templates does not search all that waits each time. */
    private final Map<Long, Integer> waiting = new HashMap<>();

    private int heldBytes;
    private final long[] fingerprints = new long[FINGERPRINTS];
    private int nextFingerprint;
    private boolean hasChanged;
    private long exportNanos;

    private final Registers registers = new Registers();
    private final FlowMaker flows;
    private final SflowReader sflow = new SflowReader();
    private List<Observation> observations = new ArrayList<>();
    private List<Rejection> rejections = new ArrayList<>();

    /** Number of data records in the datagram being read; {@link Sequence#UNKNOWN} once a template was missing. */
    private int records;

    public ExporterSession(SessionSettings settings) {
        this.settings = settings;
        this.flows = new FlowMaker(settings.maximumSkew());
    }

    /** A session for archives, which believes the exporter's clock. */
    public ExporterSession() {
        this(SessionSettings.ARCHIVE);
    }

    /**
     * Decodes one datagram. Whatever waited for a template that it brings comes with it; so does a {@link SensorStatus}
     * where the sequence numbers, the clock or the options gave cause.
     *
     * @param message payload: the datagram, whole. Header: empty, or the two bytes of the UDP port it was sent from. Site and
     *     sensor: those of the exporter
     */
    public Decoded decode(RawMessage message) {
        observations = new ArrayList<>();
        rejections = new ArrayList<>(message.unreadable());
        byte[] bytes = message.payload();
        if (bytes.length == 0 && !rejections.isEmpty()) {
            return new Decoded(List.of(), rejections);
        }
        hasChanged = true;
        int version = bytes.length < 4 ? 0 : BigEndian.u16(bytes, 0);
        if (version == 5) {
            decodeV5(message);
        } else if (version == 9) {
            decodeV9(message);
        } else if (version == 10) {
            decodeIpfix(message);
        } else if (version == 0 && bytes.length >= 4 && BigEndian.i32(bytes, 0) == 5) {
            decodeSflow(message);
        } else {
            rejectUnknown(message, version);
        }
        Decoded decoded = new Decoded(observations, rejections);
        observations = new ArrayList<>(0);
        rejections = new ArrayList<>(0);
        return decoded;
    }

    /** Gives up what has waited longer than {@link SessionSettings#hold} for its template at this time. */
    public List<Rejection> expire(long nowNanos) {
        List<Rejection> expired = new ArrayList<>(0);
        long latest = nowNanos - settings.hold().toNanos();
        while (!held.isEmpty() && held.getFirst().export().receivedNanos() < latest) {
            expired.add(giveUpFirst("did not arrive within " + settings.hold().toMinutes() + " minutes"));
        }
        hasChanged |= !expired.isEmpty();
        return expired;
    }

    /** Gives up all that waits for a template, because the input has ended. */
    public List<Rejection> giveUp() {
        List<Rejection> rest = new ArrayList<>(held.size());
        while (!held.isEmpty()) {
            rest.add(giveUpFirst("did not arrive before the end of the input"));
        }
        hasChanged |= !rest.isEmpty();
        return rest;
    }

    /** Whether there is anything to store since the last {@link #snapshot} or {@link #restore}. */
    public boolean changed() {
        return hasChanged;
    }

    /**
     * When the datagram decoded last was exported, nanoseconds since 1970: by the exporter's clock if that is believed, else
     * when it was received. 0 before the first datagram.
     */
    public long exportNanos() {
        return exportNanos;
    }

    /** Number of data sets that wait for a template. */
    public int held() {
        return held.size();
    }

    /** The session in bytes, for {@link #restore}. */
    public byte[] snapshot() {
        hasChanged = false;
        return SessionSnapshot.write(this);
    }

    /**
     * The session that {@link #snapshot} wrote, for archives.
     *
     * @throws IllegalArgumentException when the bytes are no snapshot of a version that this program reads
     */
    public static ExporterSession restore(byte[] snapshot) {
        return restore(snapshot, SessionSettings.ARCHIVE);
    }

    /**
     * The session that {@link #snapshot} wrote.
     *
     * @throws IllegalArgumentException when the bytes are no snapshot of a version that this program reads
     */
    public static ExporterSession restore(byte[] snapshot, SessionSettings settings) {
        ExporterSession session = new ExporterSession(settings);
        SessionSnapshot.read(snapshot, session);
        return session;
    }

    TemplateTable templates() {
        return templates;
    }

    Map<Long, Domain> domains() {
        return domains;
    }

    Deque<HeldSet> heldSets() {
        return held;
    }

    long[] fingerprints() {
        return fingerprints;
    }

    int nextFingerprint() {
        return nextFingerprint;
    }

    void setNextFingerprint(int next) {
        nextFingerprint = Math.floorMod(next, FINGERPRINTS);
    }

    void addHeld(HeldSet set) {
        held.add(set);
        heldBytes += set.bytes();
        waiting.merge(wanted(set), 1, Integer::sum);
    }

    private void forget(HeldSet set) {
        heldBytes -= set.bytes();
        waiting.computeIfPresent(wanted(set), (key, count) -> count == 1 ? null : count - 1);
    }

    private static Long wanted(HeldSet set) {
        return TemplateTable.key(0, set.export().domain(), set.templateId());
    }

    /**
     * <pre>
     * version(2)=5 count(2) uptime(4) seconds(4) nanoseconds(4) sequence(4) engine type(1) engine id(1) sampling(2) [record(48)]*
     * </pre>
     */
    private void decodeV5(RawMessage message) {
        byte[] bytes = message.payload();
        if (bytes.length < V5_HEADER) {
            rejectHeader(message, V5_HEADER);
            return;
        }
        // The two highest bits tell the mode, which does not matter to what a packet stands for.
        long sampling = BigEndian.u16(bytes, 22) & 0x3fff;
        long nanos = Math.min(BigEndian.u32(bytes, 12), NANOS_PER_SECOND - 1);
        long exportNanos = BigEndian.u32(bytes, 8) * NANOS_PER_SECOND + nanos;
        Export export = export(
                message, Format.NETFLOW5, BigEndian.u16(bytes, 20), exportNanos, BigEndian.u32(bytes, 4), sampling);
        Domain domain = domain(message, export.domain());
        if (isDuplicate(message, domain, export)) {
            return;
        }
        int count = BigEndian.u16(bytes, 2);
        int present = Math.min(count, (bytes.length - V5_HEADER) / V5_RECORD.minimumLength());
        int end = V5_HEADER + present * V5_RECORD.minimumLength();
        records = 0;
        readRecords(V5_RECORD, export, domain, V5_HEADER, end, 0);
        if (present < count) {
            String detail = "the datagram ends in record " + (present + 1) + " of " + count;
            reject(message, end, Reason.TRUNCATED, detail);
        }
        if (domain.sampling != sampling) {
            domain.counts.isWorthTelling = true;
            domain.sampling = sampling;
        }
        follow(export, domain, BigEndian.u32(bytes, 16), count, Sequence.UNKNOWN, Sequence.Step.RECORDS_BEFORE);
    }

    /**
     * <pre>
     * version(2)=9 count(2) uptime(4) seconds(4) sequence(4) source id(4) [set id(2) length(2) ...]*
     * </pre>
     *
     * The count is not believed, exporters count in different ways; sets are walked by their lengths.
     */
    private void decodeV9(RawMessage message) {
        byte[] bytes = message.payload();
        if (bytes.length < V9_HEADER) {
            rejectHeader(message, V9_HEADER);
            return;
        }
        long exportNanos = BigEndian.u32(bytes, 8) * NANOS_PER_SECOND;
        Export export =
                export(message, Format.NETFLOW9, BigEndian.u32(bytes, 16), exportNanos, BigEndian.u32(bytes, 4), 0);
        Domain domain = domain(message, export.domain());
        if (isDuplicate(message, domain, export)) {
            return;
        }
        records = 0;
        readSets(export, domain, V9_HEADER, bytes.length);
        follow(export, domain, BigEndian.u32(bytes, 12), records, BigEndian.u16(bytes, 2), Sequence.Step.DATAGRAM);
    }

    /**
     * <pre>
     * version(2)=10 length(2) seconds(4) sequence(4) observation domain(4) [set id(2) length(2) ...]*
     * </pre>
     */
    private void decodeIpfix(RawMessage message) {
        byte[] bytes = message.payload();
        if (bytes.length < IPFIX_HEADER) {
            rejectHeader(message, IPFIX_HEADER);
            return;
        }
        int stated = BigEndian.u16(bytes, 2);
        if (stated < IPFIX_HEADER) {
            reject(
                    message,
                    2,
                    Reason.MALFORMED,
                    "the message says it is " + stated + " bytes long, less than its header");
            return;
        }
        long exportNanos = BigEndian.u32(bytes, 4) * NANOS_PER_SECOND;
        Export export = export(message, Format.IPFIX, BigEndian.u32(bytes, 12), exportNanos, Sequence.UNKNOWN, 0);
        Domain domain = domain(message, export.domain());
        if (isDuplicate(message, domain, export)) {
            return;
        }
        records = 0;
        // What follows the stated length is no part of the message.
        readSets(export, domain, IPFIX_HEADER, Math.min(stated, bytes.length));
        follow(export, domain, BigEndian.u32(bytes, 8), records, Sequence.UNKNOWN, Sequence.Step.RECORDS_BEFORE);
    }

    private void decodeSflow(RawMessage message) {
        if (!sflow.read(message, observations, rejections)) {
            return;
        }
        exportNanos = message.receivedNanos();
        Domain domain = domain(message, sflow.subAgent());
        // sFlow carries no clock, so its datagrams cannot be skewed, nor be known again by their time.
        Export export = new Export(
                message, Format.SFLOW5, 0, sflow.subAgent(), message.receivedNanos(), sflow.uptimeMillis(), 0, 0);
        List<Observation> read = observations;
        List<Rejection> rejected = rejections;
        if (isKnown(message)) {
            observations = new ArrayList<>(1);
            rejections = new ArrayList<>(message.unreadable());
            tellDuplicate(domain, export);
            return;
        }
        observations = read;
        rejections = rejected;
        domain.counts.datagrams++;
        long stream = sflow.agent().high() * 31 + sflow.agent().low();
        Sequence sequence =
                domain.streams.computeIfAbsent(stream, agent -> new Sequence(Sequence.Step.DATAGRAM, false));
        long clock = message.receivedNanos() > 0 ? sflow.uptimeMillis() : Sequence.UNKNOWN;
        sequence.next(sflow.sequence(), 1, Sequence.UNKNOWN, export.exportMillis(), clock, domain.counts);
        tell(domain, export);
    }

    private Export export(
            RawMessage message, Format format, long domain, long exportNanos, long uptimeMillis, long sampling) {
        long skew = message.receivedNanos() > 0 ? exportNanos - message.receivedNanos() : 0;
        boolean isSkewed = Math.abs(skew) > settings.maximumSkew().toNanos();
        this.exportNanos = isSkewed ? message.receivedNanos() : exportNanos;
        return new Export(
                message,
                format,
                sourcePort(message),
                domain,
                exportNanos,
                uptimeMillis,
                isSkewed ? -skew : 0,
                sampling);
    }

    private static int sourcePort(RawMessage message) {
        return message.header().length == 2 ? BigEndian.u16(message.header(), 0) : 0;
    }

    /** Domains of equal id but different formats have nothing in common: some exporters send one after the other. */
    private static long keyOf(Format format, long domain) {
        long version = switch (format) {
            case NETFLOW5 -> 5;
            case NETFLOW9 -> 9;
            case IPFIX -> 10;
            default -> 0;
        };
        return version << Integer.SIZE | domain;
    }

    private Domain domain(RawMessage message, long domainId) {
        long id = keyOf(message.format(), domainId);
        Domain known = domains.get(id);
        if (known != null) {
            return known;
        }
        Domain domain = new Domain();
        domains.put(id, domain);
        if (domains.size() > MOST_DOMAINS) {
            Iterator<Long> eldest = domains.keySet().iterator();
            String detail = "domain " + (eldest.next() & 0xffff_ffffL) + " is forgotten for domain " + domainId
                    + ": more observation domains of an exporter than " + MOST_DOMAINS;
            eldest.remove();
            reject(message, 0, Reason.BOUND_EXCEEDED, detail);
        }
        return domain;
    }

    private boolean isDuplicate(RawMessage message, Domain domain, Export export) {
        if (!isKnown(message)) {
            domain.counts.datagrams++;
            return false;
        }
        tellDuplicate(domain, export);
        return true;
    }

    private void tellDuplicate(Domain domain, Export export) {
        domain.counts.duplicates++;
        tell(domain, export);
    }

    /** Whether the very same bytes came a short while ago; sequence number and time make two datagrams differ. */
    private boolean isKnown(RawMessage message) {
        long print = fingerprint(message.payload());
        for (long known : fingerprints) {
            if (known == print) {
                return true;
            }
        }
        fingerprints[nextFingerprint] = print;
        nextFingerprint = (nextFingerprint + 1) % FINGERPRINTS;
        return false;
    }

    private static long fingerprint(byte[] bytes) {
        long print = bytes.length * 0x9e37_79b9_7f4a_7c15L;
        int i = 0;
        for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
            print = (Long.rotateLeft(print, 29) ^ BigEndian.i64(bytes, i)) * 0xbf58_476d_1ce4_e5b9L;
        }
        for (; i < bytes.length; i++) {
            print = (Long.rotateLeft(print, 29) ^ bytes[i]) * 0xbf58_476d_1ce4_e5b9L;
        }
        // Zero marks an empty place.
        return print == 0 ? 1 : print;
    }

    private void follow(
            Export export, Domain domain, long number, int dataRecords, int headerCount, Sequence.Step step) {
        Long port = (long) export.sourcePort();
        Sequence sequence = domain.streams.get(port);
        if (sequence == null) {
            sequence = newStream(domain, port, number, step);
        }
        sequence.next(number, dataRecords, headerCount, export.exportMillis(), export.uptimeMillis(), domain.counts);
        tell(domain, export);
    }

    /** A new port continues a known stream (a translator moved it), or its exporter began anew. */
    private static Sequence newStream(Domain domain, Long port, long number, Sequence.Step step) {
        for (Map.Entry<Long, Sequence> known : domain.streams.entrySet()) {
            if (known.getValue().isContinuedBy(number)) {
                Sequence moved = known.getValue();
                domain.streams.remove(known.getKey());
                domain.streams.put(port, moved);
                return moved;
            }
        }
        if (!domain.streams.isEmpty()) {
            domain.counts.restarts++;
        }
        Sequence sequence = new Sequence(step, true);
        domain.streams.put(port, sequence);
        return sequence;
    }

    private void tell(Domain domain, Export export) {
        boolean hasClock = export.message().receivedNanos() > 0 && export.format() != Format.SFLOW5;
        long skewMillis = hasClock ? (export.exportNanos() - export.message().receivedNanos()) / NANOS_PER_MILLI : 0;
        boolean isNews = Math.abs(skewMillis - domain.skewToldMillis)
                > settings.maximumSkew().toMillis() / SKEW_STEPS;
        StatusCounts counts = domain.counts;
        if (!isNews && !counts.isTelling()) {
            return;
        }
        domain.skewToldMillis = isNews ? skewMillis : domain.skewToldMillis;
        observations.add(new SensorStatus(
                export.message().sensor(),
                export.message().site(),
                export.format().observerType(),
                export.shiftNanos() != 0 ? export.message().receivedNanos() : export.exportNanos(),
                counts.received,
                counts.dropped,
                export.domain(),
                counts.datagrams,
                counts.lost,
                counts.gaps,
                counts.restarts,
                counts.duplicates,
                counts.outOfOrder,
                skewMillis,
                domain.statedSampling()));
        counts.clear();
    }

    /** Walks the sets of a v9 or IPFIX message in {@code [from, to)} of its bytes. */
    private void readSets(Export export, Domain domain, int from, int to) {
        byte[] bytes = export.message().payload();
        int at = from;
        while (to - at >= SET_HEADER) {
            int id = BigEndian.u16(bytes, at);
            int length = BigEndian.u16(bytes, at + 2);
            if (length < SET_HEADER) {
                if (!isZero(bytes, at, to)) {
                    String detail = "set " + id + " says it is " + length + " bytes long, less than its header";
                    reject(export.message(), at, Reason.MALFORMED, detail);
                    records = Sequence.UNKNOWN;
                }
                return;
            }
            boolean isCut = length > bytes.length - at || length > to - at;
            int end = isCut ? to : at + length;
            // Half a set is not worth waiting with: the other half never comes.
            if (!isCut || id < FIRST_DATA_SET || template(export, domain, id) != null) {
                readSet(export, domain, id, at + SET_HEADER, end);
            }
            if (isCut) {
                String detail = "set " + id + " of " + length + " bytes reaches beyond the datagram";
                reject(export.message(), at, Reason.TRUNCATED, detail);
                records = Sequence.UNKNOWN;
                return;
            }
            at = end;
        }
        if (!isZero(bytes, at, to)) {
            reject(export.message(), at, Reason.TRUNCATED, "the datagram ends in the header of a set");
        }
    }

    /** Some exporters fill their datagrams up with zeros. */
    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void readSet(Export export, Domain domain, int id, int from, int to) {
        boolean isV9 = export.format() == Format.NETFLOW9;
        if (id >= FIRST_DATA_SET) {
            readDataSet(export, domain, id, from, to);
        } else if (id == (isV9 ? V9_TEMPLATES : IPFIX_TEMPLATES)) {
            readTemplates(export, domain, from, to);
        } else if (id == (isV9 ? V9_OPTIONS : IPFIX_OPTIONS)) {
            readOptionsTemplates(export, domain, from, to);
        } else {
            String detail = "set " + id + " is reserved, its " + (to - from) + " bytes mean nothing";
            reject(export.message(), from - SET_HEADER, Reason.BAD_VALUE, detail);
        }
    }

    private void readDataSet(Export export, Domain domain, int id, int from, int to) {
        Template template = template(export, domain, id);
        if (template == null) {
            hold(export, id, from, to);
            records = Sequence.UNKNOWN;
        } else {
            readRecords(template, export, domain, from, to, 0);
        }
    }

    private @Nullable Template template(Export export, Domain domain, int id) {
        if (domain.isKeyedByPort) {
            Template own = templates.get(TemplateTable.key(export.sourcePort(), export.domain(), id));
            if (own != null) {
                return own;
            }
        }
        return templates.get(TemplateTable.key(0, export.domain(), id));
    }

    /**
     * Reads the records of a data set.
     *
     * @param shift what to add to a position in the payload, when the payload is but a part of the datagram
     */
    private void readRecords(Template template, Export export, Domain domain, int from, int to, int shift) {
        byte[] bytes = export.message().payload();
        int count = 0;
        int at = from;
        while (to - at >= template.minimumLength()) {
            int next = template.read(bytes, at, to, registers);
            if (next < 0) {
                // A template of variable lengths cannot tell padding from a record, but padding is zeros.
                if (!isZero(bytes, at, to)) {
                    String detail = "a record reaches " + (to - at) + " bytes before the end of its set beyond it";
                    reject(export.message(), at + shift, Reason.MALFORMED, detail);
                }
                break;
            }
            count++;
            if (template.isOptions()) {
                String refused = domain.learn(registers);
                if (refused != null) {
                    reject(export.message(), at + shift, Reason.BOUND_EXCEEDED, "more " + refused);
                }
            } else {
                addFlow(export, domain, at + shift, next - at);
            }
            at = next;
        }
        records = records == Sequence.UNKNOWN ? Sequence.UNKNOWN : records + count;
    }

    private void addFlow(Export export, Domain domain, int at, int length) {
        String kind = flows.notAFlow(registers);
        if (kind == null) {
            observations.add(flows.flow(registers, export, domain));
        } else {
            String detail = export.format().observerType() + ' ' + kind;
            reject(export.message(), at, length, Reason.UNUSED_KIND, detail);
        }
    }

    /** {@code [id(2) fields(2) [type(2) length(2) [enterprise(4)]]*]*}. */
    private void readTemplates(Export export, Domain domain, int from, int to) {
        byte[] bytes = export.message().payload();
        boolean isV9 = export.format() == Format.NETFLOW9;
        int at = from;
        while (to - at >= 4) {
            int id = BigEndian.u16(bytes, at);
            int count = BigEndian.u16(bytes, at + 2);
            if (id == 0 && count == 0 && isZero(bytes, at, to)) {
                return;
            }
            at = readFields(export, domain, new Announcement(id, count, 0, false, isV9), at, at + 4, to);
            if (at < 0) {
                return;
            }
        }
    }

    /**
     * <pre>
     * v9:    [id(2) scope bytes(2) option bytes(2) fields]*
     * IPFIX: [id(2) fields(2) scope fields(2) fields]*
     * </pre>
     */
    private void readOptionsTemplates(Export export, Domain domain, int from, int to) {
        byte[] bytes = export.message().payload();
        boolean isV9 = export.format() == Format.NETFLOW9;
        int at = from;
        while (to - at >= (isV9 ? 6 : 4)) {
            int id = BigEndian.u16(bytes, at);
            int second = BigEndian.u16(bytes, at + 2);
            if (id == 0 && second == 0 && isZero(bytes, at, to)) {
                return;
            }
            boolean isWithdrawal = !isV9 && second == 0;
            int third = isWithdrawal || to - at < 6 ? 0 : BigEndian.u16(bytes, at + 4);
            int scopes = isV9 ? second / 4 : third;
            int count = isV9 ? scopes + third / 4 : second;
            int fields = at + (isWithdrawal ? 4 : 6);
            at = readFields(export, domain, new Announcement(id, count, scopes, true, isV9), at, fields, to);
            if (at < 0) {
                return;
            }
        }
    }

    /** The head of a template in a datagram. */
    private record Announcement(int id, int count, int scopes, boolean isOptions, boolean isV9) {}

    /** Reads and keeps one template; returns the position after it, or -1 when the rest of the set is not to be trusted. */
    private int readFields(Export export, Domain domain, Announcement head, int start, int from, int to) {
        byte[] bytes = export.message().payload();
        boolean isWithdrawalOfAll = !head.isV9 && head.count == 0 && head.id == (head.isOptions ? 3 : 2);
        if (head.id < FIRST_DATA_SET && !isWithdrawalOfAll) {
            reject(export.message(), start, Reason.BAD_VALUE, "template " + head.id + " has the number of no data set");
            return -1;
        }
        if (head.count == 0) {
            withdraw(export, domain, head, start, isWithdrawalOfAll);
            return from;
        }
        boolean isTooLong = head.count > MOST_TEMPLATE_FIELDS;
        long[] elements = new long[isTooLong ? 0 : head.count];
        int[] lengths = new int[elements.length];
        int at = from;
        for (int i = 0; i < head.count; i++) {
            if (to - at < 4) {
                String detail = "template " + head.id + " ends in field " + (i + 1) + " of " + head.count;
                reject(export.message(), start, Reason.TRUNCATED, detail);
                return -1;
            }
            int type = BigEndian.u16(bytes, at);
            int length = BigEndian.u16(bytes, at + 2);
            at += 4;
            long enterprise = head.isV9 && i < head.scopes && head.isOptions ? InformationElements.V9_SCOPE : 0;
            if (!head.isV9 && (type & 0x8000) != 0) {
                if (to - at < 4) {
                    String detail = "template " + head.id + " ends in the enterprise of field " + (i + 1);
                    reject(export.message(), start, Reason.TRUNCATED, detail);
                    return -1;
                }
                enterprise = BigEndian.u32(bytes, at);
                type &= 0x7fff;
                at += 4;
            }
            if (!isTooLong) {
                elements[i] = InformationElements.key(enterprise, type);
                lengths[i] = length;
            }
        }
        if (isTooLong) {
            String detail = "template " + head.id + " has " + head.count + " fields, more than " + MOST_TEMPLATE_FIELDS
                    + " fields of a template";
            reject(export.message(), start, Reason.BOUND_EXCEEDED, detail);
            return at;
        }
        keep(export, domain, head, new Template(head.isOptions, elements, lengths), start);
        return at;
    }

    private void withdraw(Export export, Domain domain, Announcement head, int start, boolean isAll) {
        int port = domain.isKeyedByPort ? export.sourcePort() : 0;
        if (head.isV9) {
            reject(export.message(), start, Reason.BAD_VALUE, "template " + head.id + " has no fields");
        } else if (isAll) {
            templates.removeAll(port, export.domain(), head.isOptions);
        } else {
            templates.remove(TemplateTable.key(port, export.domain(), head.id));
        }
    }

    private void keep(Export export, Domain domain, Announcement head, Template template, int start) {
        if (template.minimumLength() == 0) {
            // Its records would be of no bytes, and there would be no end of them.
            reject(export.message(), start, Reason.BAD_VALUE, "template " + head.id + " has fields of no length only");
            return;
        }
        long shared = TemplateTable.key(0, export.domain(), head.id);
        Template known = templates.get(shared);
        boolean isSameAsKnown = template.isSameAs(known);
        if (known != null && !isSameAsKnown && domain.streams.size() > 1 && !domain.streams.containsKey(0L)) {
            // Two processes behind one address use one id for different things: from now on each has its own.
            domain.isKeyedByPort = true;
        }
        if (!isSameAsKnown || domain.isKeyedByPort) {
            long key = domain.isKeyedByPort ? TemplateTable.key(export.sourcePort(), export.domain(), head.id) : shared;
            if (!template.isSameAs(templates.get(key))) {
                int evicted = templates.put(key, template);
                if (evicted > 0) {
                    String detail = evicted + " templates gave way to template " + head.id
                            + ": more templates of an exporter than " + TemplateTable.MOST_TEMPLATES + " with "
                            + TemplateTable.MOST_FIELDS + " fields";
                    reject(export.message(), start, Reason.BOUND_EXCEEDED, detail);
                }
            }
        }
        release(export, head.id);
    }

    private void hold(Export export, int id, int from, int to) {
        RawMessage message = export.message();
        RawMessage part = new RawMessage(
                message.format(),
                message.sensor(),
                message.site(),
                message.source(),
                0,
                message.offset() + from,
                message.receivedNanos(),
                message.header(),
                Arrays.copyOfRange(message.payload(), from, to),
                List.of());
        Export alone = new Export(
                part,
                export.format(),
                export.sourcePort(),
                export.domain(),
                export.exportNanos(),
                export.uptimeMillis(),
                export.shiftNanos(),
                export.headerSampling());
        addHeld(new HeldSet(alone, id));
        while (held.size() > MOST_HELD_SETS || heldBytes > MOST_HELD_BYTES) {
            String bound = held.size() > MOST_HELD_SETS ? MOST_HELD_SETS + " sets" : MOST_HELD_BYTES + " bytes";
            rejections.add(giveUpFirst("did not arrive before more than " + bound + " of this exporter waited"));
        }
    }

    /** Decodes what waited for the template that has come. */
    private void release(Export export, int id) {
        if (held.isEmpty() || !waiting.containsKey(TemplateTable.key(0, export.domain(), id))) {
            return;
        }
        int recordsOfThis = records;
        Iterator<HeldSet> sets = held.iterator();
        while (sets.hasNext()) {
            HeldSet set = sets.next();
            if (set.templateId() != id || set.export().domain() != export.domain()) {
                continue;
            }
            Domain domain = domain(export.message(), export.domain());
            Template template = template(set.export(), domain, id);
            if (template != null) {
                sets.remove();
                forget(set);
                readRecords(template, set.export(), domain, 0, set.bytes(), 0);
            }
        }
        records = recordsOfThis;
    }

    private Rejection giveUpFirst(String why) {
        HeldSet set = held.removeFirst();
        forget(set);
        String detail = set.export().format().observerType() + " template " + set.templateId() + " of domain "
                + set.export().domain() + ' ' + why + "; " + set.bytes() + " bytes of data are lost";
        return rejection(set.export().message(), 0, set.bytes(), Reason.NO_TEMPLATE, detail);
    }

    private void rejectUnknown(RawMessage message, int version) {
        byte[] bytes = message.payload();
        if (bytes.length < 4) {
            reject(message, 0, Reason.TRUNCATED, "a datagram of " + bytes.length + " bytes says nothing");
        } else {
            long number = version == 0 ? BigEndian.u32(bytes, 0) : version;
            String name = version == 0 ? "sFlow " : "NetFlow ";
            String detail = "begins with version " + number + "; NetFlow 5, 9, IPFIX (10) and sFlow 5 are read, not "
                    + name + number;
            reject(message, 0, Reason.UNSUPPORTED_VERSION, detail);
        }
    }

    private void rejectHeader(RawMessage message, int wanted) {
        String detail = "the datagram has " + message.payload().length + " bytes, its header alone " + wanted;
        reject(message, 0, Reason.TRUNCATED, detail);
    }

    private void reject(RawMessage message, int at, Reason reason, String detail) {
        reject(message, at, message.payload().length - at, reason, detail);
    }

    private void reject(RawMessage message, int at, int length, Reason reason, String detail) {
        rejections.add(rejection(message, at, length, reason, detail));
    }

    private static Rejection rejection(RawMessage message, int at, int length, Reason reason, String detail) {
        byte[] bytes = message.payload();
        int from = Math.clamp(at, 0, bytes.length);
        int to = Math.clamp((long) at + Math.min(length, SAMPLE_BYTES), from, bytes.length);
        return new Rejection(
                message.sensor(),
                message.source(),
                0,
                message.offset() + at,
                reason,
                detail,
                HexFormat.of().formatHex(bytes, from, to));
    }

    private static Template template(int... idsAndLengths) {
        long[] elements = new long[idsAndLengths.length / 2];
        int[] lengths = new int[elements.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = InformationElements.key(0, idsAndLengths[2 * i]);
            lengths[i] = idsAndLengths[2 * i + 1];
        }
        return new Template(false, elements, lengths);
    }
}
