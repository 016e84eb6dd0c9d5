package observatory.jobs.rollup;

import java.util.IdentityHashMap;
import java.util.Map;
import observatory.geo.attribution.Attribution;
import observatory.jobs.attribute.AttributedFlow;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Makes each flow the smallest rollup. An attributor hands out the same attribution again and again, so what is derived
 * from one is kept beside it.
 */
public final class ToRollup extends RichMapFunction<AttributedFlow, Rollup> {
    private static final long serialVersionUID = 1;
    private static final int KEPT = 4_096;

    private transient Map<Attribution, KeyedDestination> destinations;

    @SuppressWarnings("NullAway.Init")
    public ToRollup() {}

    @Override
    public void open(OpenContext context) {
        destinations = new IdentityHashMap<>();
    }

    @Override
    public Rollup map(AttributedFlow flow) {
        if (destinations.size() >= KEPT) {
            destinations.clear();
        }
        return Rollup.of(flow.named(), destinations.computeIfAbsent(flow.destination(), KeyedDestination::of));
    }
}
