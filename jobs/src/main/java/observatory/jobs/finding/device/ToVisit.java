package observatory.jobs.finding.device;

import observatory.ingest.observation.FlowObservation;
import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.PhoneNetworks.Side;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.RecentDestinations;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Takes from a flow what the rules of devices need, before it is shuffled. Flows to everybody are left out. */
public final class ToVisit extends RichFlatMapFunction<AttributedFlow, Visit> {
    private static final long serialVersionUID = 1;

    private transient RecentDestinations destinations;

    @SuppressWarnings("NullAway.Init")
    public ToVisit() {}

    @Override
    public void open(OpenContext context) {
        destinations = new RecentDestinations();
    }

    @Override
    public void flatMap(AttributedFlow flow, Collector<Visit> out) {
        NamedFlow named = flow.named();
        if (!named.peer().isMulticast() && !named.peer().isBroadcast()) {
            out.collect(of(named, destinations.of(flow.destination())));
        }
    }

    static Visit of(NamedFlow named, Destination destination) {
        FlowObservation flow = named.flow();
        return new Visit(
                named.device(),
                named.side() != Side.DESTINATION,
                named.startMillis(),
                named.endMillis(),
                named.peer(),
                named.peerPort(),
                named.devicePort(),
                flow.protocol(),
                named.bytesOut(),
                named.bytesIn(),
                named.packetsOut(),
                named.packetsIn(),
                named.scale(),
                flow.application(),
                flow.state(),
                named.name().state(),
                destination);
    }
}
