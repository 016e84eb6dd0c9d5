package observatory.jobs.finding.site;

import observatory.jobs.coverage.MinuteCoverage;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Reports the silence of sensors. It becomes known when a timer says so, which is the time of the record. */
public final class SilentMinutes extends ProcessFunction<MinuteCoverage, SiteReport> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(MinuteCoverage coverage, Context context, Collector<SiteReport> out) {
        if (coverage.state() == MinuteCoverage.State.SILENT) {
            Long told = context.timestamp();
            out.collect(
                    SiteReport.silence(coverage, told == null ? coverage.tally().minuteMillis() : told));
        }
    }
}
