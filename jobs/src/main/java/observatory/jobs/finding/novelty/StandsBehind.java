package observatory.jobs.finding.novelty;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Makes of an encounter with an endpoint encounters with what stands behind it. What has no name because names were not
 * logged may be anybody's: that a pool was met is remembered, so that it is no news later, but nothing of clouds, countries
 * and operators, so that they are news when they are certain.
 */
public final class StandsBehind implements FlatMapFunction<Encounter, Encounter> {
    private static final long serialVersionUID = 1;

    @Override
    public void flatMap(Encounter encounter, Collector<Encounter> out) {
        for (Subject subject :
                Subject.behind(encounter.destination(), encounter.visit().isClock())) {
            if (!encounter.namesMissing() || subject.kind() == Subject.Kind.POOL) {
                out.collect(encounter.with(subject));
            }
        }
    }
}
