package observatory.jobs.finding.sensor;

import java.util.List;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Silence;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * One finding for each time a sensor falls silent: it grows while the silence lasts, and closes when the sensor is back,
 * or is given up. What silence is, the ledger decides ({@link observatory.jobs.coverage.Rhythm}), so that both agree.
 */
public final class SensorSilence extends KeyedProcessFunction<String, MinuteCoverage, Finding> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Finding> silence;

    @SuppressWarnings("NullAway.Init")
    public SensorSilence() {}

    @Override
    public void open(OpenContext context) {
        silence = getRuntimeContext().getState(new ValueStateDescriptor<>("silence", Types.POJO(Finding.class)));
    }

    @Override
    public void processElement(MinuteCoverage coverage, Context context, Collector<Finding> out) throws Exception {
        Finding before = silence.value();
        switch (coverage.state()) {
            case SILENT -> {
                Finding after = longer(before, coverage);
                out.collect(after);
                boolean givenUp =
                        after.lastMillis() - after.firstMillis() >= Silence.FORGET_MILLIS - Tally.MINUTE_MILLIS;
                if (givenUp) {
                    out.collect(ended(after, "No word for 30 days: the sensor is taken for out of service."));
                    silence.clear();
                } else {
                    silence.update(after);
                }
            }
            case RECEIVING -> {
                if (before != null && coverage.tally().minuteMillis() >= before.lastMillis()) {
                    out.collect(ended(before, "It delivers again."));
                    silence.clear();
                }
            }
        }
    }

    private static Finding longer(@Nullable Finding before, MinuteCoverage stretch) {
        Tally sensor = stretch.tally();
        long from = before == null ? sensor.minuteMillis() : before.firstMillis();
        long to = sensor.minuteMillis() + stretch.minutes() * Tally.MINUTE_MILLIS;
        long minutes = (to - from) / Tally.MINUTE_MILLIS;
        Finding.Draft draft = before == null ? begun(sensor) : before.draft();
        return draft.headline("Sensor " + sensor.sensor() + " delivered nothing for " + minutes + " minutes")
                .facts(List.of("No input for " + minutes + " minutes, which is longer than the sensor's rhythm."))
                .evidence(Evidence.of(sensor))
                .between(from, to)
                .more(minutes - (before == null ? 0 : before.count()), 0, 0)
                .end();
    }

    private static Finding.Draft begun(Tally sensor) {
        return Finding.of(Kind.SENSOR_SILENT, "sensor", sensor.sensor() + "|" + sensor.minuteMillis())
                .severity(
                        Severity.HIGH,
                        "What happened at the site meanwhile is not known, and every figure of that time is too low.")
                .missing(List.of("All input of the sensor in this time."))
                .site(sensor.site())
                .sensor(sensor.sensor());
    }

    private static Finding ended(Finding silence, String how) {
        return silence.draft()
                .facts(List.of(silence.facts().getFirst(), how))
                .closed()
                .end();
    }
}
