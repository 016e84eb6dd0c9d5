package observatory.jobs.finding;

import java.util.List;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Silence;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** One finding for each time a sensor falls silent; it grows while the silence lasts. */
public final class SensorSilence extends KeyedProcessFunction<String, MinuteCoverage, Finding> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Long> since;

    @SuppressWarnings("NullAway.Init")
    public SensorSilence() {}

    @Override
    public void open(OpenContext context) {
        since = getRuntimeContext().getState(new ValueStateDescriptor<>("since", Types.LONG));
    }

    @Override
    public void processElement(MinuteCoverage coverage, Context context, Collector<Finding> out) throws Exception {
        Tally tally = coverage.tally();
        Long began = since.value();
        switch (coverage.state()) {
            case SILENT -> {
                long from = began == null ? tally.minuteMillis() : began;
                since.update(from);
                out.collect(finding(tally, from, tally.minuteMillis() + coverage.minutes() * Tally.MINUTE_MILLIS));
            }
            case RECEIVING -> {
                if (began != null && tally.minuteMillis() > began) {
                    since.clear();
                }
            }
        }
    }

    private static Finding finding(Tally sensor, long from, long to) {
        long minutes = (to - from) / Tally.MINUTE_MILLIS;
        return Finding.of(Kind.SENSOR_SILENT, "sensor", sensor.sensor() + "|" + from)
                .severity(
                        Severity.HIGH,
                        "What happened at the site meanwhile is not known, and every figure of that time is too low.")
                .headline("Sensor " + sensor.sensor() + " delivered nothing for " + minutes + " minutes")
                .facts(List.of("No input for " + minutes + " minutes; silence counts from "
                        + Silence.THRESHOLD_MILLIS / Tally.MINUTE_MILLIS + " minutes."))
                .missing(List.of("All input of the sensor in this time."))
                .evidence(Evidence.of(sensor))
                .between(from, to)
                .more(minutes, 0, 0)
                .site(sensor.site())
                .sensor(sensor.sensor())
                .end();
    }
}
