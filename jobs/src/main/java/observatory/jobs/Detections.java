package observatory.jobs;

import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.finding.Contact;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.DeviceWatch;
import observatory.jobs.finding.EndpointHistory;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Novelty;
import observatory.jobs.finding.Seen;
import observatory.jobs.finding.SensorSilence;
import observatory.jobs.finding.WorthWatching;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * All detections, on one screen: what each looks at, and by what it is keyed.
 *
 * @param endpoints what each scope has to do with each endpoint
 * @param findings what an analyst should look at
 */
record Detections(DataStream<Seen> endpoints, DataStream<Finding> findings) {
    private static final OutputTag<Finding> NEWS = new OutputTag<>("news", TypeInformation.of(Finding.class));

    static Detections define(
            DataStream<AttributedFlow> flows,
            DataStream<Rollup> rollups,
            DataStream<MinuteCoverage> coverage,
            DetectionSettings settings) {
        SingleOutputStreamOperator<Seen> endpoints = rollups.keyBy(
                        rollup -> rollup.destination().endpoint())
                .process(new EndpointHistory(
                        new Novelty(settings.startMillis(), settings.learning().toMillis()), NEWS))
                .uid("endpoints")
                .name("endpoints");
        DataStream<Finding> watched = flows.flatMap(new WorthWatching(settings.resolvers()))
                .uid("worth-watching")
                .name("worth-watching")
                .keyBy((Contact contact) -> contact.device().key())
                .process(new DeviceWatch())
                .uid("watch")
                .name("watch");
        DataStream<Finding> silences = coverage.keyBy(minute -> minute.tally().sensorKey())
                .process(new SensorSilence())
                .uid("silence")
                .name("silence");
        return new Detections(endpoints, endpoints.getSideOutput(NEWS).union(watched, silences));
    }
}
