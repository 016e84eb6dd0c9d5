package observatory.jobs.attribute;

import observatory.geo.address.IpAddress;
import observatory.geo.attribution.DestinationName;

/**
 * All that attribution asks of a destination, and how many flows went there. Those of equal key add up.
 *
 * @param key what tells destinations apart
 * @param address where the packets went
 * @param name what it was called
 * @param port the port that tells the service
 * @param protocol IANA protocol number
 * @param flows number of flows
 */
public record Reached(String key, IpAddress address, DestinationName name, int port, int protocol, long flows) {

    /** The destination of one flow. */
    public static Reached of(NamedFlow flow) {
        DestinationName name = flow.name();
        int protocol = flow.flow().protocol();
        String key = flow.peer() + "|" + name.name() + "|" + name.target() + "|" + name.source() + "|" + name.state()
                + "|" + flow.servicePort() + "|" + protocol;
        return new Reached(key, flow.peer(), name, flow.servicePort(), protocol, 1);
    }

    /** Both together. */
    public Reached plus(Reached other) {
        return new Reached(key, address, name, port, protocol, flows + other.flows);
    }
}
