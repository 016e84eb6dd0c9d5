package observatory.jobs.attribute;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the process of this task attribute by changed data, and hands on what could not be changed. Changes are broadcast to
 * as many of these as the job has tasks side by side, so that every process has at least one.
 */
final class TakeOverGeo extends RichFlatMapFunction<GeoChange, GeoChange> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(TakeOverGeo.class);

    private final GeoAccess geo;
    private transient HeldSnapshot held;

    @SuppressWarnings("NullAway.Init")
    TakeOverGeo(GeoAccess geo) {
        this.geo = geo;
    }

    @Override
    public void open(OpenContext context) {
        held = geo.held();
    }

    @Override
    public void flatMap(GeoChange change, Collector<GeoChange> out) {
        String problem = change.isTaken() ? held.changeTo(change.after()) : change.problem();
        if (problem.isEmpty()) {
            LOG.info("attributing by snapshot {} instead of {}", change.after(), change.before());
            return;
        }
        LOG.error("changed geo data is not used, {} stays: {}", held.current().digest(), problem);
        if (change.isTaken()) {
            out.collect(change.failed(problem));
        }
    }
}
