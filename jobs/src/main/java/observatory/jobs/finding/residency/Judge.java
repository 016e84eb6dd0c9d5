package observatory.jobs.finding.residency;

import observatory.jobs.finding.policy.Answer;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.finding.policy.Rule;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Holds each contact against the policy. */
public final class Judge implements FlatMapFunction<Rollup, Breach> {
    private static final long serialVersionUID = 1;

    private final Policy policy;

    /** @param policy the site's */
    public Judge(Policy policy) {
        this.policy = policy;
    }

    @Override
    public void flatMap(Rollup contact, Collector<Breach> out) {
        for (Rule rule : policy.rules()) {
            Answer broken = rule.isBrokenBy(contact.device(), contact.destination(), contact.firstStartMillis());
            if (broken != Answer.NO) {
                out.collect(Breach.of(rule, broken == Answer.YES, contact));
            }
        }
    }
}
