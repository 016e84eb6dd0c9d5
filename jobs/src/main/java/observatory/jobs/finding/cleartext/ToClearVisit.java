package observatory.jobs.finding.cleartext;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.finding.ClearProtocol;
import observatory.jobs.rollup.Destination;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Picks the few flows that are in the clear, before they are shuffled. */
public final class ToClearVisit extends RichFlatMapFunction<AttributedFlow, ClearVisit> {
    private static final long serialVersionUID = 1;

    private final List<String> labels;
    private transient Set<ClearProtocol> raised;

    /** @param labels the protocols that are findings */
    @SuppressWarnings("NullAway.Init")
    public ToClearVisit(List<String> labels) {
        this.labels = List.copyOf(labels);
    }

    @Override
    public void open(OpenContext context) {
        raised = EnumSet.noneOf(ClearProtocol.class);
        labels.forEach(label -> ClearProtocol.of(label).ifPresent(raised::add));
    }

    @Override
    public void flatMap(AttributedFlow flow, Collector<ClearVisit> out) {
        ClearProtocol protocol =
                ClearVisit.protocolOf(flow.named(), flow.destination().service().purpose());
        if (protocol == null || !raised.contains(protocol)) {
            return;
        }
        Destination destination = Destination.of(flow.destination());
        if (!ClearVisit.isUndecided(protocol, destination)) {
            out.collect(ClearVisit.of(flow, protocol, destination));
        }
    }
}
