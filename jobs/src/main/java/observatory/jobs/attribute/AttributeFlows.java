package observatory.jobs.attribute;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Attributes the destination of each flow, by the tables alone: no lookup leaves the machine. When the tables are changed
 * under way, the next flow is attributed by the new ones.
 */
public final class AttributeFlows extends RichMapFunction<NamedFlow, AttributedFlow> {
    private static final long serialVersionUID = 1;

    private final GeoAccess geo;
    private transient HeldSnapshot held;

    /** @param geo where the tables are */
    @SuppressWarnings("NullAway.Init")
    public AttributeFlows(GeoAccess geo) {
        this.geo = geo;
    }

    @Override
    public void open(OpenContext context) {
        held = geo.held();
    }

    @Override
    public AttributedFlow map(NamedFlow flow) {
        return new AttributedFlow(
                flow,
                held.current()
                        .attributor()
                        .answer(
                                flow.peer(),
                                flow.name(),
                                flow.servicePort(),
                                flow.flow().protocol()));
    }
}
