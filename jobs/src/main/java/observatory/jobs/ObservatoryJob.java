package observatory.jobs;

import java.time.Duration;
import observatory.ingest.decode.RawMessage;
import observatory.jobs.attribute.AttributeFlows;
import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.attribute.Decode;
import observatory.jobs.attribute.DeviceEvent;
import observatory.jobs.attribute.DeviceSeen;
import observatory.jobs.attribute.NameFlows;
import observatory.jobs.attribute.NamedDns;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.SiteEvent;
import observatory.jobs.attribute.TimedRejection;
import observatory.jobs.coverage.CoverageMinutes;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Tally;
import observatory.jobs.document.Document;
import observatory.jobs.document.Documents;
import observatory.jobs.document.Privacy;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.guess.GuessNames;
import observatory.jobs.order.Combine;
import observatory.jobs.order.DelayedWatermark;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.rollup.RollupWindow;
import observatory.jobs.rollup.ToRollup;
import observatory.jobs.summary.NamingDay;
import observatory.jobs.summary.NamingLoss;
import observatory.jobs.summary.SumUp;
import observatory.jobs.summary.Totals;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The way of a record, on one screen: decode, name, attribute, roll up, find, write. The ends are handed in, so that
 * tests, replays and the live product run the same graph.
 */
public final class ObservatoryJob {
    static final OutputTag<Tally> TALLIES = tag("tallies", Tally.class);
    static final OutputTag<TimedRejection> REJECTIONS = tag("rejections", TimedRejection.class);
    static final OutputTag<NamedDns> ANSWERS = tag("answers", NamedDns.class);
    static final OutputTag<DeviceSeen> DEVICES = tag("devices", DeviceSeen.class);
    static final OutputTag<SiteEvent> SITE = tag("site", SiteEvent.class);
    static final OutputTag<NamedFlow> CORRECTIONS = tag("corrections", NamedFlow.class);

    /**
     * How far apart the ways of one minute may come. Usually the slowest way holds back the time of all; but when all
     * input pauses, time jumps to where the fastest way was, and what the others still hold comes after it.
     */
    private static final long APART_MILLIS = NameFlows.DELAY_MILLIS + GuessNames.DELAY_MILLIS + Tally.MINUTE_MILLIS;

    private ObservatoryJob() {}

    /** Builds the graph from raw messages, whose watermark tells event time, to documents. */
    public static DataStream<Document> define(DataStream<RawMessage> messages, JobConfig config) {
        return define(messages, KnownEndpoints.NONE, config);
    }

    /** The same, for a job that goes on where others had begun: what they had seen is read before anything is judged. */
    public static DataStream<Document> define(DataStream<RawMessage> messages, KnownEndpoints known, JobConfig config) {
        Picture picture = picture(messages, config);
        Detections detections = Detections.define(
                picture.flows(),
                picture.named().getSideOutput(ANSWERS),
                picture.rollups(),
                picture.coverage(),
                seeds(messages.getExecutionEnvironment(), known),
                config.detection(),
                config.lateness().toMillis(),
                config.endMillis());
        boolean tellsDevices = config.privacy() != Privacy.AGGREGATE;
        DataStream<Seen> endpoints = tellsDevices
                ? detections.endpoints()
                : detections
                        .endpoints()
                        .filter(seen -> seen.scope() != Seen.Scope.DEVICE)
                        .uid("endpoints-of-many");
        DataStream<Finding> findings = tellsDevices
                ? detections.findings()
                : detections
                        .findings()
                        .filter(finding -> !finding.scope().equals("device"))
                        .uid("findings-of-many");
        if (config.isBounded()) {
            sumUp(
                    picture.rollups()
                            .map(Totals::of)
                            .returns(type(Totals.class))
                            .uid("sum-rollups"),
                    picture.coverage()
                            .map(Totals::of)
                            .returns(type(Totals.class))
                            .uid("sum-coverage"),
                    findings.map(Totals::of).returns(type(Totals.class)).uid("sum-findings"),
                    detections
                            .breaches()
                            .map(Totals::of)
                            .returns(type(Totals.class))
                            .uid("sum-breaches"),
                    hiddenNames(picture.rollups()));
        }
        return write(picture, config)
                .union(
                        write(findings, Documents::finding, "finding", config),
                        write(endpoints, Documents::endpoint, "endpoint", config));
    }

    /**
     * What was seen, before anything is judged.
     *
     * @param events what devices did, with the ledger of decoding and rejections beside it
     * @param named flows that their own device names, with answers, devices and the ledger of naming beside them
     * @param guessed all other flows, with corrections beside them
     * @param flows both, attributed
     * @param parts rollups in parts
     * @param rollups the parts added up
     * @param coverage the ledger by sensor and minute
     */
    record Picture(
            SingleOutputStreamOperator<DeviceEvent> events,
            SingleOutputStreamOperator<NamedFlow> named,
            SingleOutputStreamOperator<NamedFlow> guessed,
            Flows flows,
            DataStream<Rollup> parts,
            DataStream<Rollup> rollups,
            DataStream<MinuteCoverage> coverage) {}

    /** From raw messages to the picture. */
    static Picture picture(DataStream<RawMessage> messages, JobConfig config) {
        SingleOutputStreamOperator<DeviceEvent> events = decode(messages, config);
        SingleOutputStreamOperator<NamedFlow> named = name(events, config);
        SingleOutputStreamOperator<NamedFlow> guessed =
                guess(events, named, config.lateness().isPositive());
        Flows flows = new Flows(attribute(named, "attribute", config), attribute(guessed, "attribute-guessed", config));
        DataStream<Rollup> parts = rollUp(flows.named(), "").union(rollUp(flows.guessed(), "-guessed"));
        return new Picture(
                events, named, guessed, flows, parts, added(parts, "rollup", config), cover(events, named, config));
    }

    /** The picture as documents. */
    static DataStream<Document> write(Picture picture, JobConfig config) {
        DataStream<Document> documents = write(picture.coverage(), Documents::coverage, "coverage", config)
                .union(write(picture.events().getSideOutput(REJECTIONS), Documents::rejection, "rejection", config));
        if (config.privacy() == Privacy.AGGREGATE) {
            DataStream<Rollup> ofSites = added(ofSites(picture.parts()), "site-rollup", config);
            return documents.union(write(ofSites, Documents::rollup, "rollup", config));
        }
        DataStream<Document> ofDevices = documents.union(
                write(picture.rollups(), Documents::rollup, "rollup", config),
                write(picture.named().getSideOutput(DEVICES), Documents::device, "device", config),
                write(picture.named().getSideOutput(DEVICES), Documents::identity, "identity", config));
        DataStream<AttributedFlow> corrected =
                attribute(picture.guessed().getSideOutput(CORRECTIONS), "attribute-corrected", config);
        return config.raw()
                ? ofDevices.union(
                        write(picture.flows().named(), Documents::flow, "flow", config),
                        write(picture.flows().guessed(), Documents::flow, "flow-guessed", config),
                        write(corrected, Documents::flow, "flow-corrected", config),
                        write(picture.named().getSideOutput(ANSWERS), Documents::dns, "dns", config))
                : ofDevices;
    }

    private static DataStream<MinuteCoverage> cover(
            SingleOutputStreamOperator<DeviceEvent> events,
            SingleOutputStreamOperator<NamedFlow> named,
            JobConfig config) {
        return events.getSideOutput(TALLIES)
                .union(named.getSideOutput(TALLIES)
                        .transform(
                                "combine-tallies",
                                type(Tally.class),
                                new Combine<>(Tally::key, Tally::plus, Tally.MINUTE_MILLIS))
                        .uid("combine-tallies")
                        .name("combine-tallies"))
                .keyBy(Tally::sensorKey)
                .process(new CoverageMinutes(keptMillis(config), config.endMillis()))
                .uid("coverage")
                .name("coverage");
    }

    /** For how long what was told of a minute or a window is kept to be corrected. */
    private static long keptMillis(JobConfig config) {
        long lateness = config.lateness().toMillis();
        return lateness > 0 ? lateness + APART_MILLIS : 0;
    }

    private static SingleOutputStreamOperator<Rollup> added(DataStream<Rollup> parts, String name, JobConfig config) {
        return parts.keyBy(Rollup::key)
                .process(new RollupWindow(keptMillis(config)))
                .uid(name)
                .name(name);
    }

    /** The same without devices, added up once here before it travels. */
    private static SingleOutputStreamOperator<Rollup> ofSites(DataStream<Rollup> parts) {
        return combined(parts.map(Rollup::ofSite).uid("of-site").name("of-site"), "combine-of-site");
    }

    /** A source of one element, so that a job that goes on from a checkpoint, where it was used up, reads nothing. */
    private static DataStream<Seen> seeds(StreamExecutionEnvironment environment, KnownEndpoints known) {
        return environment
                .fromSource(new NumberSequenceSource(0, 0), WatermarkStrategy.noWatermarks(), "begin")
                .setParallelism(1)
                .uid("begin")
                .flatMap((Long once, Collector<Seen> out) -> known.read(out::collect))
                .returns(type(Seen.class))
                .setParallelism(1)
                .uid("read-known")
                .name("read-known");
    }

    /** From raw messages to what devices did, each with the device it is about. */
    static SingleOutputStreamOperator<DeviceEvent> decode(DataStream<RawMessage> messages, JobConfig config) {
        return messages.keyBy(Decode::keyOf)
                .process(new Decode(
                        config.phones(),
                        config.sites(),
                        config.witnesses(),
                        config.sessions(),
                        TALLIES,
                        REJECTIONS,
                        SITE))
                .uid("decode")
                .name("decode");
    }

    /** From what devices did to their flows, with what the other end was called. */
    static SingleOutputStreamOperator<NamedFlow> name(DataStream<DeviceEvent> events, JobConfig config) {
        return events.keyBy(DeviceEvent::key)
                .transform(
                        "name",
                        type(NamedFlow.class),
                        new DelayedWatermark<>(
                                new NameFlows(
                                        config.geo(),
                                        config.inventory(),
                                        config.witnesses(),
                                        TALLIES,
                                        ANSWERS,
                                        DEVICES,
                                        SITE),
                                NameFlows.DELAY_MILLIS))
                .uid("name")
                .name("name");
    }

    /** From flows without a name, and what anybody of their site was told, to flows with a guess. */
    static SingleOutputStreamOperator<NamedFlow> guess(
            SingleOutputStreamOperator<DeviceEvent> events,
            SingleOutputStreamOperator<NamedFlow> named,
            boolean corrects) {
        return named.getSideOutput(SITE)
                .union(events.getSideOutput(SITE))
                .keyBy(SiteEvent::key)
                .transform(
                        "guess",
                        type(NamedFlow.class),
                        new DelayedWatermark<>(new GuessNames(corrects, CORRECTIONS), GuessNames.DELAY_MILLIS))
                .uid("guess")
                .name("guess");
    }

    private static SingleOutputStreamOperator<AttributedFlow> attribute(
            DataStream<NamedFlow> flows, String name, JobConfig config) {
        return flows.map(new AttributeFlows(config.geo())).uid(name).name(name);
    }

    private static SingleOutputStreamOperator<Rollup> rollUp(DataStream<AttributedFlow> flows, String suffix) {
        return combined(
                flows.map(new ToRollup()).uid("to-rollup" + suffix).name("to-rollup" + suffix), "combine" + suffix);
    }

    private static SingleOutputStreamOperator<Rollup> combined(DataStream<Rollup> rollups, String name) {
        return rollups.transform(
                        name, type(Rollup.class), new Combine<>(Rollup::key, Rollup::plus, Tally.MINUTE_MILLIS))
                .uid(name)
                .name(name);
    }

    private static <T> DataStream<Document> write(
            DataStream<T> facts, ToDocument.Writer<T> writer, String name, JobConfig config) {
        return facts.map(new ToDocument<>(config, writer)).uid("write-" + name).name("write-" + name);
    }

    private static DataStream<Totals> hiddenNames(DataStream<Rollup> rollups) {
        return rollups.map(NamingDay::of)
                .uid("naming-day")
                .name("naming-day")
                .transform(
                        "combine-naming-days",
                        type(NamingDay.class),
                        new Combine<>(NamingDay::key, NamingDay::plus, NamingDay.DAY_MILLIS))
                .uid("combine-naming-days")
                .name("combine-naming-days")
                .keyBy(NamingDay::key)
                .process(new NamingLoss())
                .uid("naming-loss")
                .name("naming-loss");
    }

    @SafeVarargs
    private static void sumUp(DataStream<Totals> first, DataStream<Totals>... others) {
        first.union(others)
                .transform(
                        "combine-totals",
                        type(Totals.class),
                        new Combine<>(
                                Totals::group, Totals::plus, Duration.ofDays(1).toMillis()))
                .uid("combine-totals")
                .name("combine-totals")
                .keyBy(totals -> "all")
                .process(new SumUp())
                .uid("sum-up")
                .name("sum-up")
                .sinkTo(new DiscardingSink<>())
                .uid("sum-end")
                .name("sum-end");
    }

    private static <T> OutputTag<T> tag(String name, Class<T> type) {
        return new OutputTag<>(name, type(type));
    }

    private static <T> TypeInformation<T> type(Class<T> type) {
        return TypeInformation.of(type);
    }
}
