package observatory.jobs.finding.novelty;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Makes of an encounter with an endpoint encounters with what stands behind it. */
public final class StandsBehind implements FlatMapFunction<Encounter, Encounter> {
    private static final long serialVersionUID = 1;

    @Override
    public void flatMap(Encounter encounter, Collector<Encounter> out) {
        for (Subject subject :
                Subject.behind(encounter.destination(), encounter.visit().isClock())) {
            out.collect(encounter.with(subject));
        }
    }
}
