package observatory.jobs;

import observatory.jobs.attribute.NamedDns;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.beacon.BeaconNews;
import observatory.jobs.finding.beacon.BeaconSign;
import observatory.jobs.finding.cleartext.ClearVisit;
import observatory.jobs.finding.cleartext.CleartextWatch;
import observatory.jobs.finding.cleartext.ToClearVisit;
import observatory.jobs.finding.cohort.CohortWatch;
import observatory.jobs.finding.device.DeviceWatch;
import observatory.jobs.finding.device.ToVisit;
import observatory.jobs.finding.device.Visit;
import observatory.jobs.finding.nameless.ByAddress;
import observatory.jobs.finding.nameless.NamelessContact;
import observatory.jobs.finding.nameless.NamelessVisit;
import observatory.jobs.finding.nameless.NamelessVisit.Names;
import observatory.jobs.finding.nameless.NamingEvent;
import observatory.jobs.finding.nameless.NamingFeed;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.finding.residency.Breach;
import observatory.jobs.finding.residency.Judge;
import observatory.jobs.finding.residency.Violations;
import observatory.jobs.finding.sensor.CoverageGaps;
import observatory.jobs.finding.sensor.SensorSilence;
import observatory.jobs.finding.site.Rounds;
import observatory.jobs.finding.site.SilentMinutes;
import observatory.jobs.finding.site.SiteReport;
import observatory.jobs.finding.upload.BigUpload;
import observatory.jobs.finding.upload.UploadNews;
import observatory.jobs.order.Combine;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.rollup.RollupWindow;
import observatory.jobs.rollup.ToRollup;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * All detections, on one screen: what each looks at, and by what it is keyed.
 *
 * @param endpoints what each scope has to do with each endpoint
 * @param findings what an analyst should look at
 * @param breaches contact that breaks the policy, and contact about which the policy cannot say
 */
record Detections(DataStream<Seen> endpoints, DataStream<Finding> findings, DataStream<Breach> breaches) {
    /**
     * Builds the graph.
     *
     * @param known what earlier runs had seen
     * @param latenessMillis how long after its time a record can still correct what was written
     * @param endMillis where a bounded observation ends; {@code Long.MAX_VALUE} when live
     */
    static Detections define(
            Flows flows,
            DataStream<NamedDns> answers,
            DataStream<Rollup> rollups,
            DataStream<MinuteCoverage> coverage,
            DataStream<Seen> known,
            DetectionSettings settings,
            long latenessMillis,
            long endMillis) {
        DataStream<NamingEvent> asked = asked(answers);
        Novelties news = Novelties.define(rollups, asked, known, settings, latenessMillis);
        DataStream<Finding> watched = watched(flows, coverage, settings, endMillis);
        DataStream<Finding> cleartext = flows.each(
                        new ToClearVisit(settings.ordinary().cleartext()), ClearVisit.class, "in-clear")
                .keyBy(ClearVisit::key)
                .process(new CleartextWatch(endMillis))
                .uid("cleartext")
                .name("cleartext");
        DataStream<Finding> silences = coverage.keyBy(minute -> minute.tally().sensorKey())
                .process(new SensorSilence())
                .uid("silence")
                .name("silence");
        DataStream<Finding> gaps = coverage.keyBy(minute -> minute.tally().sensorKey())
                .process(new CoverageGaps(endMillis))
                .uid("gaps")
                .name("gaps");
        DataStream<Breach> breaches =
                rollups.flatMap(new Judge(settings.policy())).uid("judge").name("judge");
        DataStream<Finding> violations = breaches.filter(Breach::isCertain)
                .uid("certain")
                .name("certain")
                .keyBy(Breach::key)
                .process(new Violations(latenessMillis, endMillis))
                .uid("violations")
                .name("violations");
        DataStream<Finding> outliers = news.encounters()
                .filter(CohortWatch::isCompared)
                .uid("compared")
                .name("compared")
                .keyBy(CohortWatch::keyOf)
                .process(new CohortWatch(settings.outliers(), endMillis))
                .uid("cohorts")
                .name("cohorts");
        DataStream<Finding> nameless = nameless(flows, asked, latenessMillis, endMillis);
        return new Detections(
                news.endpoints(),
                news.findings().union(watched, cleartext, silences, gaps, violations, outliers, nameless),
                breaches);
    }

    /** What one device does by itself, and what devices of one site or at one endpoint do alike. */
    private static DataStream<Finding> watched(
            Flows flows, DataStream<MinuteCoverage> coverage, DetectionSettings settings, long endMillis) {
        SingleOutputStreamOperator<Finding> devices = flows.each(new ToVisit(), Visit.class, "to-visit")
                .keyBy((Visit visit) -> visit.device().key())
                .process(new DeviceWatch(settings, endMillis))
                .uid("watch")
                .name("watch");
        DataStream<Finding> beacons = devices.getSideOutput(DeviceWatch.BEACONS)
                .keyBy(BeaconSign::series)
                .process(new BeaconNews(endMillis))
                .uid("beacons")
                .name("beacons");
        DataStream<Finding> uploads = devices.getSideOutput(DeviceWatch.UPLOADS)
                .keyBy(BigUpload::to)
                .process(new UploadNews(endMillis))
                .uid("uploads")
                .name("uploads");
        DataStream<Finding> sites = coverage.process(new SilentMinutes())
                .uid("silent-minutes")
                .name("silent-minutes")
                .union(devices.getSideOutput(DeviceWatch.SITE))
                .keyBy(SiteReport::site)
                .process(new Rounds(settings.startMillis(), settings.learning().toMillis(), endMillis))
                .uid("rounds")
                .name("rounds");
        return devices.union(beacons, uploads, sites);
    }

    /** Who asked for names when, from which is read whether names were logged. */
    private static DataStream<NamingEvent> asked(DataStream<NamedDns> answers) {
        return answers.map(NamingEvent::asked)
                .uid("asked")
                .name("asked")
                .transform(
                        "combine-asked",
                        TypeInformation.of(NamingEvent.class),
                        new Combine<>(NamingEvent::key, (one, same) -> one, Rollup.WINDOW_MILLIS))
                .uid("combine-asked")
                .name("combine-asked");
    }

    private static DataStream<Finding> nameless(
            Flows flows, DataStream<NamingEvent> asked, long latenessMillis, long endMillis) {
        return flows.guessed()
                .filter(new ByAddress())
                .uid("by-address")
                .name("by-address")
                .map(new ToRollup())
                .uid("to-nameless")
                .name("to-nameless")
                .keyBy(Rollup::key)
                .process(new RollupWindow(latenessMillis))
                .uid("nameless-window")
                .name("nameless-window")
                .map(NamingEvent::contacted)
                .uid("contacted")
                .name("contacted")
                .union(asked)
                .keyBy(NamingEvent::site)
                .process(new NamingFeed(latenessMillis))
                .uid("naming-feed")
                .name("naming-feed")
                .filter(visit -> visit.names() == Names.COMPLETE)
                .uid("certainly-nameless")
                .name("certainly-nameless")
                .map(NamelessVisit::contact)
                .returns(TypeInformation.of(Rollup.class))
                .uid("nameless-contact")
                .name("nameless-contact")
                .keyBy(NamelessContact::keyOf)
                .process(new NamelessContact(latenessMillis, endMillis))
                .uid("nameless")
                .name("nameless");
    }
}
