package observatory.jobs.attribute;

import observatory.geo.attribution.Attributor;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Attributes the destination of each flow, by the tables alone: no lookup leaves the machine. */
public final class AttributeFlows extends RichMapFunction<NamedFlow, AttributedFlow> {
    private static final long serialVersionUID = 1;

    private final GeoAccess geo;
    private transient Attributor attributor;

    /** @param geo where the tables are */
    @SuppressWarnings("NullAway.Init")
    public AttributeFlows(GeoAccess geo) {
        this.geo = geo;
    }

    @Override
    public void open(OpenContext context) {
        attributor = geo.attributor();
    }

    @Override
    public AttributedFlow map(NamedFlow flow) {
        return new AttributedFlow(
                flow,
                attributor.attribute(
                        flow.peer(),
                        flow.name(),
                        flow.servicePort(),
                        flow.flow().protocol()));
    }
}
