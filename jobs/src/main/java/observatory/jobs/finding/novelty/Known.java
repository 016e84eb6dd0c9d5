package observatory.jobs.finding.novelty;

import observatory.jobs.finding.novelty.Seen.Scope;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Makes seeds of what earlier runs had seen: of the endpoint, and of what stands behind it. What single devices had seen is
 * not seeded: documents name devices by their pseudonyms, which the job does not turn back; devices learn again.
 */
public final class Known implements FlatMapFunction<Seen, Encounter> {
    private static final long serialVersionUID = 1;

    @Override
    public void flatMap(Seen seen, Collector<Encounter> out) {
        if (seen.scope() == Scope.DEVICE) {
            return;
        }
        out.collect(Encounter.seed(Subject.endpoint(seen.destination()), seen.unchanged()));
        for (Subject subject : Subject.behind(seen.destination(), false)) {
            out.collect(Encounter.seed(subject, seen.unchanged()));
        }
    }

    /** Whether a seed tells since when a site is watched. */
    public static boolean isOfSite(Encounter seed) {
        return isOfEndpoint(seed) && !SiteWatch.siteOf(seed).isEmpty();
    }

    /** Whether a seed is about an endpoint. */
    public static boolean isOfEndpoint(Encounter seed) {
        return seed.subject().kind() == Subject.Kind.ENDPOINT;
    }

    /** Whether a seed is about what stands behind endpoints. */
    public static boolean isOfParty(Encounter seed) {
        return !isOfEndpoint(seed);
    }
}
