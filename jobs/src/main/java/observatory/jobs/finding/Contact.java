package observatory.jobs.finding;

import observatory.geo.address.IpAddress;
import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.attribute.Device;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.PhoneNetworks.Side;
import observatory.jobs.rollup.Destination;
import org.jspecify.annotations.Nullable;

/**
 * A flow that a device began and that may be an affair of its own: DNS to somebody, or contact inside the network.
 *
 * @param kind which affair
 * @param device who
 * @param timeMillis start of the flow
 * @param endMillis end of the flow
 * @param peer address of the other end, as text
 * @param port its port
 * @param bytesOut bytes from the device
 * @param bytesIn bytes to the device
 * @param destination what is known of the other end
 */
public record Contact(
        Kind kind,
        Device device,
        long timeMillis,
        long endMillis,
        String peer,
        int port,
        long bytesOut,
        long bytesIn,
        Destination destination) {

    /** Why a contact is looked at. */
    public enum Kind {
        /** DNS or DNS over TLS to a resolver that is not the site's. */
        FOREIGN_DNS,
        /** Anything to an address inside the network, but DNS to the site's resolvers. */
        INTERNAL
    }

    private static final int DNS = 53;
    private static final int DNS_OVER_TLS = 853;

    /** The affair of a flow, or null when it is none. */
    public static @Nullable Contact of(AttributedFlow attributed, SiteResolvers.Rule resolvers) {
        NamedFlow flow = attributed.named();
        IpAddress peer = flow.peer();
        if (flow.side() == Side.DESTINATION || peer.isMulticast() || peer.isBroadcast()) {
            return null;
        }
        int port = flow.peerPort();
        boolean isDns = port == DNS || port == DNS_OVER_TLS;
        if (isDns && !resolvers.isOwn(peer)) {
            return of(Kind.FOREIGN_DNS, attributed);
        }
        return !isDns && peer.isPrivate() ? of(Kind.INTERNAL, attributed) : null;
    }

    /** The document that holds it. */
    Evidence evidence() {
        return Evidence.ofFlow(device.key(), destination, endMillis);
    }

    private static Contact of(Kind kind, AttributedFlow attributed) {
        NamedFlow flow = attributed.named();
        return new Contact(
                kind,
                flow.device(),
                flow.startMillis(),
                flow.endMillis(),
                flow.peer().toString(),
                flow.peerPort(),
                flow.bytesOut(),
                flow.bytesIn(),
                Destination.of(attributed.destination()));
    }
}
