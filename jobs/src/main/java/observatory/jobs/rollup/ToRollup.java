package observatory.jobs.rollup;

import observatory.geo.attribution.Attribution;
import observatory.geo.place.Place;
import observatory.jobs.attribute.AttributedFlow;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Makes each flow the smallest rollup. An attributor hands out the same answer again and again, so what is derived from one is
 * kept beside it. Two attributions that differ in the age of their name alone are parts of one answer and share its place,
 * which is why the place tells answers apart.
 */
public final class ToRollup extends RichMapFunction<AttributedFlow, Rollup> {
    private static final long serialVersionUID = 1;
    private static final int GENERATION = 1 << 15;

    private transient Recent<Place, KeyedDestination> destinations;

    @SuppressWarnings("NullAway.Init")
    public ToRollup() {}

    @Override
    public void open(OpenContext context) {
        destinations = new Recent<>(GENERATION);
    }

    @Override
    public Rollup map(AttributedFlow flow) {
        Attribution to = flow.destination();
        return Rollup.of(flow.named(), destinations.get(to.place(), to, KeyedDestination::of));
    }
}
