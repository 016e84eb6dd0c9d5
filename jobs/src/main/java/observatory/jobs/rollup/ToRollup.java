package observatory.jobs.rollup;

import observatory.jobs.attribute.AttributedFlow;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes each flow the smallest rollup. */
public final class ToRollup implements MapFunction<AttributedFlow, Rollup> {
    private static final long serialVersionUID = 1;

    @Override
    public Rollup map(AttributedFlow flow) {
        return Rollup.of(flow);
    }
}
