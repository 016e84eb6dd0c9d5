package observatory.jobs.attribute;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import observatory.geo.snapshot.SnapshotWatch;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;

/**
 * Looks, at each tick, whether the data behind attributions has changed, and tells. It remembers what it told last, so that
 * a change made while the job was down is told as well. Runs once in a job.
 */
final class LookForGeo extends RichFlatMapFunction<Long, GeoChange> implements CheckpointedFunction {
    private static final long serialVersionUID = 1;

    private final GeoAccess geo;
    private final Clock clock;
    private transient HeldSnapshot held;
    private transient ListState<String> told;
    private transient String digest;

    @SuppressWarnings("NullAway.Init")
    LookForGeo(GeoAccess geo, Clock clock) {
        this.geo = geo;
        this.clock = clock;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        held = geo.held();
        told = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("told", Types.STRING));
        digest = held.current().digest();
        for (String kept : told.get()) {
            digest = kept;
        }
    }

    @Override
    public void flatMap(Long tick, Collector<GeoChange> out) {
        Optional<SnapshotWatch.Change> change = held.look();
        List<String> files = change.map(SnapshotWatch.Change::files).orElse(List.of());
        String problem = change.map(SnapshotWatch.Change::problem).orElse("");
        String newest = held.newest().digest();
        if (!problem.isEmpty()) {
            out.collect(new GeoChange(clock.millis(), digest, digest, files, problem));
        } else if (!newest.equals(digest)) {
            out.collect(new GeoChange(clock.millis(), digest, newest, files, ""));
            digest = newest;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        told.update(List.of(digest));
    }
}
