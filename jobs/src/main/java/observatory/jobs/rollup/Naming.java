package observatory.jobs.rollup;

import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.geo.party.Service.Purpose;
import observatory.jobs.attribute.NameCheck;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.PhoneNetworks.Side;

/**
 * How flows got their names. The first five add up to all flows; the others are parts of them.
 *
 * @param sni named by what they announced themselves (TLS server name, HTTP host)
 * @param ownDns named by the device's own DNS answers
 * @param siteDns guessed by answers to others of the site
 * @param range without a name, in a range that tells the service
 * @param none without any name
 * @param stale named by an answer whose time to live was over
 * @param shared of several names that were valid
 * @param right announced a name, and DNS alone gives this one
 * @param among announced a name, and DNS alone gives several, this one among them
 * @param wrong announced a name, and DNS alone gives others only
 * @param unanswered announced a name, and DNS alone gives none
 * @param hiddenDns questions that nobody at the site can read: DNS over TLS or QUIC, or HTTPS to a public resolver
 */
public record Naming(
        Volume sni,
        Volume ownDns,
        Volume siteDns,
        Volume range,
        Volume none,
        Volume stale,
        Volume shared,
        Volume right,
        Volume among,
        Volume wrong,
        Volume unanswered,
        Volume hiddenDns) {
    private static final Volume ZERO = Volume.ZERO;

    /** Of no flow. */
    public static final Naming NOTHING =
            new Naming(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO);

    /** DNS over TLS (RFC 7858) and over QUIC (RFC 9250). */
    private static final int ENCRYPTED_DNS = 853;

    private static final int HTTPS = 443;

    static Naming of(NamedFlow flow, KeyedDestination to) {
        Volume one = new Volume(1, flow.bytesOut() + flow.bytesIn());
        NameSource source = to.source();
        NameState state = flow.name().state();
        NameCheck check = flow.check();
        return new Naming(
                source == NameSource.SNI ? one : ZERO,
                source == NameSource.OWN_DNS ? one : ZERO,
                source == NameSource.SITE_DNS ? one : ZERO,
                source == NameSource.RANGE ? one : ZERO,
                source == NameSource.NONE ? one : ZERO,
                state == NameState.STALE ? one : ZERO,
                state == NameState.SHARED ? one : ZERO,
                check == NameCheck.RIGHT ? one : ZERO,
                check == NameCheck.SHARED ? one : ZERO,
                check == NameCheck.WRONG ? one : ZERO,
                check == NameCheck.NONE ? one : ZERO,
                isHiddenDns(flow, to) ? one : ZERO);
    }

    /** All flows. */
    public Volume all() {
        return sni.plus(ownDns).plus(siteDns).plus(range).plus(none);
    }

    /** Named by the flow itself or by the one answer that was valid. */
    public Volume fresh() {
        return sni.plus(ownDns).minus(stale).minus(shared);
    }

    /** Without a name, though a range may tell the service. */
    public Volume nameless() {
        return range.plus(none);
    }

    /** The sum. */
    public Naming plus(Naming other) {
        return new Naming(
                sni.plus(other.sni),
                ownDns.plus(other.ownDns),
                siteDns.plus(other.siteDns),
                range.plus(other.range),
                none.plus(other.none),
                stale.plus(other.stale),
                shared.plus(other.shared),
                right.plus(other.right),
                among.plus(other.among),
                wrong.plus(other.wrong),
                unanswered.plus(other.unanswered),
                hiddenDns.plus(other.hiddenDns));
    }

    private static boolean isHiddenDns(NamedFlow flow, KeyedDestination to) {
        int port = flow.servicePort();
        boolean isEncrypted = port == ENCRYPTED_DNS
                || (port == HTTPS && to.destination().service().purpose() == Purpose.NAMES);
        return isEncrypted && flow.side() != Side.DESTINATION && !flow.peer().isPrivate();
    }
}
