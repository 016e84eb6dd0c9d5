package observatory.jobs.document;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.Attribution;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.name.DomainName;
import observatory.geo.party.Party;
import observatory.geo.place.Place;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.CommunityId;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.ExportDetail;
import observatory.ingest.observation.FlowObservation;
import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.attribute.Correction;
import observatory.jobs.attribute.Device;
import observatory.jobs.attribute.DeviceSeen;
import observatory.jobs.attribute.NamedDns;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.PhoneNetworks.Side;
import observatory.jobs.attribute.TimedRejection;
import observatory.jobs.coverage.Delivery;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Suppression;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.finding.policy.Answer;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.finding.policy.Rule;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Naming;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.rollup.Volume;
import org.jspecify.annotations.Nullable;

/**
 * From facts to documents, in the field names of ECS and, where ECS has none, {@code observatory.*}. This is where raw
 * identities end: what leaves here carries pseudonyms, but for the documents of the one guarded identity index.
 */
public final class Documents {
    private static final String ROLE = "observatory.party.role";

    /** Room for flows below the milliseconds of a version: 41 bits of time and 21 of flows stay a positive long. */
    private static final int FLOW_BITS = 21;

    private static final long FLOW_LIMIT = (1L << FLOW_BITS) - 1;

    private final Pseudonyms pseudonyms;
    private final Privacy privacy;
    private final PhoneNetworks.Rule phones;
    private final Disguise disguise;
    private final boolean simulated;
    private final Suppressions suppressions;
    private final Policy policy;

    /**
     * @param pseudonyms how devices are called
     * @param privacy how much is told of single devices
     * @param phones which addresses are phones
     * @param simulated whether the input was simulated; every document says so
     * @param suppressions which findings are not told
     * @param policy who may reach what
     */
    public Documents(
            Pseudonyms pseudonyms,
            Privacy privacy,
            PhoneNetworks phones,
            boolean simulated,
            Suppressions suppressions,
            Policy policy) {
        this.pseudonyms = pseudonyms;
        this.privacy = privacy;
        this.phones = phones.rule();
        this.disguise = new Disguise(this::isInside);
        this.simulated = simulated;
        this.suppressions = suppressions;
        this.policy = policy;
    }

    /** One flow. */
    public Document flow(AttributedFlow attributed) {
        NamedFlow named = attributed.named();
        FlowObservation flow = named.flow();
        Attribution to = attributed.destination();
        DestinationName name = to.name();
        String device = pseudonyms.of(named.device().key());
        String called = text(name.name(), named.device());
        Fields fields = begin(named.endMillis(), "observatory.flow", "event")
                .put("event.category", "network")
                .put("event.type", "connection")
                .put("event.start", time(flow.startNanos()))
                .put("event.end", time(flow.endNanos()))
                .put("event.duration", flow.endNanos() - flow.startNanos())
                .put("observer.name", flow.sensor())
                .put("observer.type", flow.observerType());
        device(fields, named.device())
                .put("observatory.device.side", named.side().name().toLowerCase(Locale.ROOT))
                .put("source.port", named.devicePort())
                .put("destination.port", named.peerPort())
                .put("network.direction", named.side() == Side.DESTINATION ? "inbound" : "outbound")
                .put("network.transport", transport(flow.protocol()))
                .put("network.protocol", flow.application());
        if (flow.protocol() != FlowObservation.ABSENT) {
            fields.put("network.iana_number", Integer.toString(flow.protocol()));
        }
        if (privacy == Privacy.FULL || !isInside(named.peer())) {
            fields.put("destination.ip", named.peer().toString());
        }
        connection(fields, named);
        volume(fields, named.bytesOut(), named.bytesIn(), named.packetsOut(), named.packetsIn())
                .put("destination.domain", called)
                .put("tls.client.server_name", name.source() == NameSource.SNI ? called : null)
                .put("tls.version", named.tlsVersion())
                .put("observatory.name.source", name.source().label())
                .put("observatory.name.state", name.state().label())
                .put("observatory.name.candidates", texts(name.candidates(), named.device()))
                .put("observatory.name.target", text(name.target(), named.device()));
        if (name.ageSeconds() >= 0) {
            fields.put("observatory.name.age_s", name.ageSeconds());
        }
        Correction correction = named.correction();
        if (correction != null) {
            fields.put("observatory.name.corrected", true)
                    .put("observatory.name.previous.name", text(correction.name(), named.device()))
                    .put("observatory.name.previous.source", correction.source().label())
                    .put("observatory.name.previous.state", correction.state().label());
        }
        destination(fields, Destination.of(to))
                .put(ROLE, to.party().to(named.device().maker()).label())
                .put(
                        "observatory.place.votes",
                        to.place().votes().stream()
                                .map(vote -> vote.source() + "=" + vote.country())
                                .toList())
                .put("observatory.flow.state", flow.state())
                .put("observatory.flow.sensor_id", flow.sensorId())
                .put("observatory.flow.late", named.late());
        export(fields, flow.export());
        if (named.scale() > 1) {
            fields.put("observatory.scaled.source.bytes", named.bytesOut() * named.scale())
                    .put("observatory.scaled.destination.bytes", named.bytesIn() * named.scale());
        }
        String id = Ids.of(
                flow.sensor(),
                flow.sensorId(),
                device,
                named.side(),
                named.devicePort(),
                isInside(named.peer()) ? pseudonyms.of(named.device().site() + "|" + named.peer()) : named.peer(),
                named.peerPort(),
                flow.protocol(),
                flow.startNanos(),
                flow.endNanos(),
                named.bytesOut(),
                named.bytesIn(),
                named.packetsOut(),
                named.packetsIn(),
                named.record());
        return new Document(Indices.flows(named.endMillis()), id, version(name, correction), fields.end());
    }

    /** A flow that may be corrected evolves; all others are written once. */
    private static long version(DestinationName name, @Nullable Correction correction) {
        if (correction != null) {
            return 1 + correction.count();
        }
        boolean isOwn = name.source() == NameSource.SNI || name.source() == NameSource.OWN_DNS;
        return isOwn ? Document.UNVERSIONED : 1;
    }

    /** What tells that two records are of one connection: to everybody, or only to whoever has the key. */
    private void connection(Fields fields, NamedFlow named) {
        FlowObservation flow = named.flow();
        String community = CommunityId.of(flow);
        if (privacy == Privacy.FULL) {
            boolean isDestination = named.side() == Side.DESTINATION;
            fields.put("source.ip", (isDestination ? flow.destination() : flow.source()).toString())
                    .put("network.community_id", community);
        } else if (community != null) {
            fields.put(
                    "observatory.flow.connection_id",
                    pseudonyms.of("con", named.device().site() + "|" + community));
        }
    }

    /** One rollup; a corrected one has counted more flows. */
    public Document rollup(Rollup rollup) {
        Fields fields = begin(rollup.windowMillis(), "observatory.rollup", "metric")
                .put("event.start", time(rollup.firstStartMillis() * 1_000_000))
                .put("event.end", time(rollup.lastEndMillis() * 1_000_000));
        destination(device(fields, rollup.device()), rollup.destination())
                .put("observatory.flows", rollup.flows())
                .put("observatory.names.sni", rollup.naming().sni().flows())
                .put("observatory.names.own_dns", rollup.naming().ownDns().flows())
                .put("observatory.names.site_dns", rollup.naming().siteDns().flows())
                .put("observatory.names.range", rollup.naming().range().flows())
                .put("observatory.names.none", rollup.naming().none().flows());
        naming(fields, rollup.naming());
        volume(fields, rollup.bytesOut(), rollup.bytesIn(), rollup.packetsOut(), rollup.packetsIn());
        if (privacy != Privacy.AGGREGATE) {
            // Both depend on who the device is: whose maker it has, to which group it belongs.
            fields.put(
                            ROLE,
                            rollup.destination()
                                    .party()
                                    .to(rollup.device().maker())
                                    .label())
                    .put("observatory.policy.violated", rules(Answer.YES, rollup))
                    .put("observatory.policy.undecided", rules(Answer.UNDECIDED, rollup));
        }
        if (rollup.sampled() > 0) {
            fields.put("observatory.sampling.flows", rollup.sampled())
                    .put("observatory.scaled.source.bytes", rollup.scaledBytesOut())
                    .put("observatory.scaled.destination.bytes", rollup.scaledBytesIn());
        }
        return new Document(
                Indices.rollups(rollup.windowMillis()), idOf(Evidence.of(rollup)), rollup.flows(), fields.end());
    }

    /** Bytes by source, flows and bytes by state; what did not occur is left out. */
    private static void naming(Fields fields, Naming naming) {
        some(fields, "observatory.names.bytes.sni", naming.sni().bytes());
        some(fields, "observatory.names.bytes.own_dns", naming.ownDns().bytes());
        some(fields, "observatory.names.bytes.site_dns", naming.siteDns().bytes());
        some(fields, "observatory.names.bytes.range", naming.range().bytes());
        some(fields, "observatory.names.bytes.none", naming.none().bytes());
        state(fields, "fresh", naming.fresh());
        state(fields, "stale", naming.stale());
        state(fields, "shared", naming.shared());
        state(fields, "guessed", naming.siteDns());
        state(fields, "none", naming.nameless());
        some(fields, "observatory.names.hidden_dns", naming.hiddenDns().flows());
    }

    private static void state(Fields fields, String state, Volume volume) {
        some(fields, "observatory.names.state." + state, volume.flows());
        some(fields, "observatory.names.state_bytes." + state, volume.bytes());
    }

    private static void some(Fields fields, String name, long count) {
        if (count > 0) {
            fields.put(name, count);
        }
    }

    /** One DNS question with its answers. */
    public Document dns(NamedDns named) {
        DnsObservation dns = named.dns();
        long millis = Math.floorDiv(dns.timeNanos(), 1_000_000L);
        Device device = named.device();
        boolean full = privacy == Privacy.FULL;
        Fields fields = begin(millis, "observatory.dns", "event")
                .put("event.category", "network")
                .put("observer.name", dns.sensor())
                .put("observer.type", dns.observerType());
        device(fields, device)
                .put("source.ip", full && dns.client() != null ? dns.client().toString() : null)
                .put("network.transport", transport(dns.protocol()))
                .put("dns.type", dns.response() ? "answer" : "query")
                .put("dns.question.name", text(dns.question(), device))
                .put("dns.question.registered_domain", registrableDomain(text(dns.question(), device)))
                .put("dns.question.type", dns.questionType())
                .put("dns.response_code", dns.responseCode())
                .put(
                        "dns.answers.data",
                        dns.answers().stream()
                                .map(answer -> answer(answer.data(), device))
                                .toList())
                .put(
                        "dns.answers.type",
                        dns.answers().stream()
                                .map(DnsObservation.Answer::type)
                                .distinct()
                                .toList())
                .put(
                        "dns.resolved_ip",
                        dns.answers().stream()
                                .filter(answer -> answer.type().equals("A")
                                        || answer.type().equals("AAAA"))
                                .map(answer -> answer(answer.data(), device))
                                .filter(address -> !address.equals(Disguise.INSIDE))
                                .toList())
                .put(
                        "observatory.resolver",
                        dns.resolver() == null ? null : dns.resolver().toString());
        String id = Ids.of(
                dns.sensor(),
                dns.sensorId(),
                pseudonyms.of(device.key()),
                dns.timeNanos(),
                dns.questionType(),
                dns.response(),
                // What was asked may be the device's own address backwards, which a plain hash would give away.
                pseudonyms.of("dns", dns.question() + "|" + dns.answers()));
        return new Document(Indices.dns(millis), id, Document.UNVERSIONED, fields.end());
    }

    /**
     * What a scope has to do with an endpoint, so far. Its version is a time, because counts begin anew when a job forgets,
     * and then the flows: two states that end at the same time may pass each other on their way.
     */
    public Document endpoint(Seen seen) {
        String scope = seen.scope().name().toLowerCase(Locale.ROOT);
        String scopeId = seen.scope() == Seen.Scope.DEVICE ? pseudonyms.of(seen.scopeId()) : seen.scopeId();
        Fields fields = begin(seen.lastMillis(), "observatory.endpoint", "state")
                .put("observatory.scope.kind", scope)
                .put("observatory.scope.id", scopeId)
                .put("observatory.first_seen", time(seen.firstMillis() * 1_000_000))
                .put("observatory.last_seen", time(seen.lastMillis() * 1_000_000))
                .put("observatory.flows", seen.flows())
                .put("observatory.devices", seen.devices())
                .put("source.bytes", seen.bytesOut())
                .put("destination.bytes", seen.bytesIn())
                .put("network.bytes", seen.bytesOut() + seen.bytesIn());
        switch (seen.scope()) {
            case FLEET -> {}
            case SITE -> fields.put("observatory.site", seen.scopeId());
            case COHORT -> fields.put("observatory.device.cohort", seen.scopeId());
            case DEVICE ->
                fields.put("device.id", scopeId)
                        .put("observatory.site", seen.device().site())
                        .put("observatory.device.cohort", seen.device().cohort());
        }
        boolean alike = seen.scope() == Seen.Scope.DEVICE || seen.scope() == Seen.Scope.COHORT;
        destination(fields, seen.destination())
                .put(ROLE, role(seen.destination().party(), alike, seen.device()));
        String id = Ids.of(scope, scopeId, seen.destination().endpoint());
        long version = (seen.lastMillis() << FLOW_BITS) + Math.min(seen.flows(), FLOW_LIMIT);
        return new Document(Indices.ENDPOINTS, id, version, fields.end());
    }

    /** A finding as known so far. */
    public Document finding(Finding finding) {
        Fields fields = begin(finding.firstMillis(), "observatory.finding", "alert")
                .put("event.start", time(finding.firstMillis() * 1_000_000))
                .put("event.end", time(finding.lastMillis() * 1_000_000))
                .put("event.severity", finding.severity().score());
        Device device = finding.device();
        if (privacy == Privacy.AGGREGATE) {
            String cohort = device != null && finding.scope().equals("cohort") ? device.cohort() : null;
            fields.put("observatory.site", finding.site()).put("observatory.device.cohort", cohort);
        } else if (device != null) {
            device(fields, device);
        } else {
            fields.put("observatory.site", finding.site());
        }
        Destination destination = finding.destination();
        if (destination != null) {
            boolean alike = finding.scope().equals("device") || finding.scope().equals("cohort");
            destination(fields, destination).put(ROLE, role(destination.party(), alike, device));
        }
        Suppression suppression =
                suppressions.covering(about(finding, destination)).orElse(null);
        if (finding.state() == Finding.State.CLOSED) {
            fields.put("observatory.finding.ended", true);
        }
        fields.put("observer.name", finding.sensor())
                .put("message", message(finding))
                .put("observatory.finding.kind", finding.kind().label())
                .put("observatory.finding.cause", cause(finding))
                .put(
                        "observatory.finding.state",
                        suppression == null ? finding.state().label() : "suppressed")
                .put("observatory.suppression.id", suppression == null ? null : suppression.id())
                .put("observatory.suppression.owner", suppression == null ? null : suppression.owner())
                .put("observatory.finding.scope", finding.scope())
                .put("observatory.finding.severity", finding.severity().label())
                .put("observatory.finding.reason", told(finding.reason(), finding))
                .put("observatory.finding.evidence", told(finding.facts(), finding))
                .put("observatory.finding.missing", told(finding.missing(), finding))
                .put(
                        "observatory.finding.documents",
                        finding.evidence().stream()
                                .flatMap(to -> written(to, finding).stream())
                                .map(this::idOf)
                                .distinct()
                                .toList())
                .put("observatory.finding.count", finding.count())
                .put("observatory.finding.devices", finding.devices())
                .put("source.bytes", finding.bytesOut())
                .put("destination.bytes", finding.bytesIn())
                .put("network.bytes", finding.bytesOut() + finding.bytesIn());
        String id = Ids.of(finding.kind(), cause(finding));
        return new Document(Indices.FINDINGS, id, finding.count(), fields.end());
    }

    /** The ledger of a sensor and minute, or a silent stretch. */
    public Document coverage(MinuteCoverage coverage) {
        Tally tally = coverage.tally();
        Fields fields = begin(tally.minuteMillis(), "observatory.coverage", "metric")
                .put("observer.name", tally.sensor())
                .put("observer.type", tally.observerType())
                .put("observatory.site", tally.site())
                .put("observatory.coverage.state", coverage.state().name().toLowerCase(Locale.ROOT))
                .put("observatory.coverage.minutes", coverage.minutes())
                .put("observatory.coverage.records", tally.records())
                .put("observatory.coverage.bytes", tally.bytes())
                .put("observatory.coverage.flows", tally.flow())
                .put("observatory.coverage.dns", tally.dns())
                .put("observatory.coverage.tls", tally.tls())
                .put("observatory.coverage.device", tally.device())
                .put("observatory.coverage.status", tally.status())
                .put("observatory.coverage.rejected", tally.rejections())
                .put("observatory.coverage.stored", tally.stored())
                .put("observatory.coverage.duplicate", tally.duplicate())
                .put("observatory.coverage.late", tally.late())
                .put("observatory.coverage.filtered", tally.filtered())
                .put("observatory.coverage.paired", tally.paired())
                .put("observatory.coverage.no_template", tally.rejected().getOrDefault("no-template", 0L));
        Delivery delivery = tally.delivery();
        if (delivery != null) {
            fields.put("observatory.coverage.datagrams", delivery.datagrams())
                    .put("observatory.coverage.lost", delivery.lost())
                    .put("observatory.coverage.gaps", delivery.gaps())
                    .put("observatory.coverage.restarts", delivery.restarts())
                    .put("observatory.coverage.repeated", delivery.repeated())
                    .put("observatory.coverage.out_of_order", delivery.outOfOrder())
                    .put("observatory.coverage.dropped", delivery.dropped())
                    .put("observatory.coverage.skew_ms", delivery.skewMillis())
                    .put("observatory.coverage.sampling", delivery.samplingInterval());
        }
        long counted = tally.records()
                + tally.stored()
                + tally.duplicate()
                + tally.late()
                + tally.paired()
                + (delivery == null ? 0 : delivery.datagrams());
        return new Document(Indices.coverage(tally.minuteMillis()), idOf(Evidence.of(tally)), counted, fields.end());
    }

    /** One rejected record. */
    public Document rejection(TimedRejection timed) {
        Rejection rejection = timed.rejection();
        long millis = timed.millis();
        byte[] json = begin(millis, "observatory.rejection", "event")
                .put("observer.name", rejection.sensor())
                .put("log.file.path", rejection.source())
                .put("log.offset", rejection.offset())
                .put("observatory.rejection.reason", rejection.reason().label())
                .put("observatory.rejection.line", rejection.line())
                .put(
                        "observatory.rejection.detail",
                        privacy == Privacy.FULL ? rejection.detail() : Disguise.sentence(rejection.detail()))
                .put("observatory.rejection.sample", privacy == Privacy.FULL ? rejection.sample() : null)
                .end();
        String id = Ids.of(rejection.sensor(), rejection.source(), rejection.offset(), rejection.reason());
        return new Document(Indices.rejections(millis), id, Document.UNVERSIONED, json);
    }

    /** A device under its pseudonym. */
    public Document device(DeviceSeen seen) {
        Device device = seen.device();
        byte[] json = device(begin(seen.lastSeenMillis(), "observatory.device", "state"), device)
                .put("host.ip", privacy == Privacy.FULL ? device.address() : null)
                .put("observatory.first_seen", time(device.firstSeenMillis() * 1_000_000))
                .put("observatory.last_seen", time(seen.lastSeenMillis() * 1_000_000))
                .end();
        return new Document(Indices.DEVICES, pseudonyms.of(device.key()), seen.lastSeenMillis(), json);
    }

    /** Who is behind a pseudonym, or that it was erased. The only documents with raw identities below level full. */
    public Document identity(DeviceSeen seen) {
        Device device = seen.device();
        String pseudonym = pseudonyms.of(device.key());
        if (pseudonyms.isErased(pseudonym)) {
            return new Erasure(pseudonym, seen.lastSeenMillis()).document(simulated);
        }
        byte[] json = begin(seen.lastSeenMillis(), "observatory.identity", "state")
                .put("device.id", pseudonym)
                .put("host.mac", device.mac())
                .put("host.ip", device.address())
                .put("host.hostname", device.hostName())
                .put("observatory.device.owner", device.owner())
                .put("observatory.site", device.site())
                .put("observatory.first_seen", time(device.firstSeenMillis() * 1_000_000))
                .put("observatory.last_seen", time(seen.lastSeenMillis() * 1_000_000))
                .end();
        return new Document(Indices.IDENTITIES, pseudonym, seen.lastSeenMillis(), json);
    }

    private Fields begin(long millis, String dataset, String kind) {
        Fields fields = new Fields()
                .put("@timestamp", time(millis * 1_000_000))
                .put("event.dataset", dataset)
                .put("event.kind", kind);
        return simulated ? fields.put("observatory.simulated", true) : fields;
    }

    private Fields device(Fields fields, Device device) {
        if (privacy == Privacy.AGGREGATE) {
            return fields.put("observatory.site", device.site());
        }
        if (privacy == Privacy.FULL) {
            fields.put("host.mac", device.mac()).put("host.hostname", device.hostName());
        }
        return fields.put("device.id", pseudonyms.of(device.key()))
                .put("device.manufacturer", device.maker())
                .put("device.model.name", device.model())
                .put("observatory.device.firmware", device.firmware())
                .put("observatory.device.cohort", device.cohort())
                .put("observatory.device.group", device.group())
                .put("observatory.site", device.site());
    }

    /** Whether an address may be that of a device: one inside, or in a network of phones with public addresses. */
    private boolean isInside(IpAddress address) {
        return address.isPrivate() || phones.isPhone(address);
    }

    private @Nullable String text(@Nullable String name, Device device) {
        return privacy == Privacy.FULL ? name : disguise.name(name, device, pseudonyms.of(device.key()));
    }

    private List<String> texts(List<String> names, Device device) {
        return names.stream()
                .map(name -> text(name, device))
                .filter(Objects::nonNull)
                .toList();
    }

    private String answer(String data, Device device) {
        return privacy == Privacy.FULL ? data : disguise.answer(data, device, pseudonyms.of(device.key()));
    }

    private static Fields destination(Fields fields, Destination to) {
        boolean known = !to.service().vendor().equals("unknown");
        return fields.put("destination.registered_domain", to.registrableDomain())
                .put("destination.as.organization.name", to.organisation())
                .put("destination.as.number", to.asn())
                .put(
                        "destination.geo.country_iso_code",
                        to.countries().size() == 1 && agreed(to)
                                ? to.countries().getFirst()
                                : null)
                .put("observatory.endpoint", to.endpoint())
                .put("observatory.operator", to.service().operator())
                .put("observatory.service.vendor", to.service().vendor())
                .put("observatory.service.name", to.service().name())
                .put("observatory.service.purpose", to.service().purpose().label())
                .put("observatory.service.grade", known ? to.service().grade() : null)
                .put("observatory.service.source", known ? to.service().source() : null)
                .put("observatory.cloud.provider", to.cloud())
                .put("observatory.cloud.region", to.region())
                .put("observatory.place.state", to.placeState().label())
                .put("observatory.place.countries", to.countries())
                .put("observatory.place.step", to.step().label())
                .put("observatory.jurisdiction.operator", to.operatorJurisdictions())
                .put("observatory.jurisdiction.host", to.hostJurisdictions())
                .put("observatory.snapshot", to.snapshot());
    }

    /** What a party is to devices; null where they may be of several makers and that makes a difference. */
    private static @Nullable String role(Party party, boolean alike, @Nullable Device device) {
        if (!party.maker().isEmpty() && !alike) {
            return null;
        }
        return party.to(device == null ? null : device.maker()).label();
    }

    private static boolean agreed(Destination to) {
        return to.placeState() == Place.State.AGREED;
    }

    private static Fields volume(Fields fields, long bytesOut, long bytesIn, long packetsOut, long packetsIn) {
        return fields.put("source.bytes", bytesOut)
                .put("source.packets", packetsOut)
                .put("destination.bytes", bytesIn)
                .put("destination.packets", packetsIn)
                .put("network.bytes", bytesOut + bytesIn)
                .put("network.packets", packetsOut + packetsIn);
    }

    /** What an export says of a flow beyond the flow. Counters stay as exported; what they stand for is beside them. */
    private static void export(Fields fields, @Nullable ExportDetail export) {
        if (export == null) {
            return;
        }
        fields.put("observatory.export.domain", export.observationDomain())
                .put("observatory.export.application", export.application())
                .put("observatory.export.clock_skewed", export.clockSkewed());
        if (export.samplingInterval() > 0) {
            fields.put("observatory.sampling.interval", export.samplingInterval())
                    .put("observatory.sampling.assumed", export.samplingAssumed());
        }
        if (export.vlan() != FlowObservation.ABSENT) {
            fields.put("network.vlan.id", Integer.toString(export.vlan()));
        }
        if (export.endReason() != FlowObservation.ABSENT) {
            fields.put("observatory.export.end_reason", export.endReason());
        }
    }

    /** The rules that contact breaks, or about which they cannot say. */
    private List<String> rules(Answer broken, Rollup rollup) {
        return policy.answering(broken, rollup.device(), rollup.destination(), rollup.firstStartMillis()).stream()
                .map(Rule::id)
                .toList();
    }

    private Suppression.About about(Finding finding, @Nullable Destination destination) {
        Device device = finding.device();
        return Suppression.About.of(
                finding.kind().label(),
                finding.scope(),
                destination == null ? null : destination.endpoint(),
                device == null ? null : pseudonyms.of(device.key()),
                device == null ? null : device.cohort(),
                finding.lastMillis());
    }

    /** A finding in one sentence: operator first, then what was seen; never a verdict. */
    private String message(Finding finding) {
        Device device = finding.device();
        String who = device == null
                ? ""
                : privacy == Privacy.AGGREGATE
                        ? "a device"
                        : Stream.of(device.cohort(), pseudonyms.of(device.key()))
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining(" "));
        Destination to = finding.destination();
        String where = to == null
                ? ""
                : to.service().vendor().equals("unknown")
                        ? to.endpoint()
                        : to.service().vendor() + " " + to.service().name() + " (" + to.endpoint() + ")";
        return told(finding.headline(), finding).replace(Finding.WHO, who).replace(Finding.WHERE, where);
    }

    /** The id of a document that is pointed to. */
    private String idOf(Evidence to) {
        return switch (to.kind()) {
            case ROLLUP -> Ids.of(pseudonyms.of(to.subject()), to.key(), to.millis());
            case COVERAGE -> Ids.of(to.subject(), to.key(), to.millis());
        };
    }

    /** The document that holds what a finding rests on: without devices, the sums of the site, where it is told. */
    private Optional<Evidence> written(Evidence to, Finding finding) {
        if (privacy != Privacy.AGGREGATE || to.kind() == Evidence.Kind.COVERAGE) {
            return Optional.of(to);
        }
        String site = finding.site();
        return site == null || !finding.scope().equals("site")
                ? Optional.empty()
                : Optional.of(new Evidence(to.kind(), site, to.key(), to.millis()));
    }

    /** The cause without raw identities: the same at every level, since it makes the id. */
    private String cause(Finding finding) {
        Device device = finding.device();
        String cause = device == null
                ? finding.cause()
                : Disguise.whole(finding.cause(), device.key(), pseudonyms.of(device.key()));
        return withoutHosts(cause, finding);
    }

    /** A sentence of a finding as it is told at this level. */
    private String told(String sentence, Finding finding) {
        return privacy == Privacy.FULL ? sentence : withoutHosts(sentence, finding);
    }

    private List<String> told(List<String> sentences, Finding finding) {
        return sentences.stream().map(sentence -> told(sentence, finding)).toList();
    }

    /** A sentence in which hosts inside have a name that only the key gives, by site and address. */
    private String withoutHosts(String sentence, Finding finding) {
        List<String> kept = Stream.of(
                        finding.sensor(),
                        finding.device() == null ? null : finding.device().cohort())
                .filter(Objects::nonNull)
                .toList();
        return disguise.told(sentence, kept, address -> pseudonyms.of("srv", finding.site() + "|" + address));
    }

    private static @Nullable String registrableDomain(@Nullable String name) {
        DomainName domain = name == null ? null : DomainName.parse(name);
        return domain == null ? null : domain.registrableDomain().orElse(null);
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
                .toString();
    }

    private static @Nullable String transport(int protocol) {
        return switch (protocol) {
            case 6 -> "tcp";
            case 17 -> "udp";
            case 1 -> "icmp";
            case 58 -> "ipv6-icmp";
            default -> null;
        };
    }
}
