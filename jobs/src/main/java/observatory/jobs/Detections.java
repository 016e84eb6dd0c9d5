package observatory.jobs;

import observatory.jobs.attribute.NamedDns;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.finding.Contact;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.DeviceWatch;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.WorthWatching;
import observatory.jobs.finding.cohort.CohortWatch;
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
import observatory.jobs.order.Combine;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.rollup.RollupWindow;
import observatory.jobs.rollup.ToRollup;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

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
     */
    static Detections define(
            Flows flows,
            DataStream<NamedDns> answers,
            DataStream<Rollup> rollups,
            DataStream<MinuteCoverage> coverage,
            DataStream<Seen> known,
            DetectionSettings settings,
            long latenessMillis) {
        DataStream<NamingEvent> asked = asked(answers);
        Novelties news = Novelties.define(rollups, asked, known, settings, latenessMillis);
        DataStream<Finding> watched = flows.each(
                        new WorthWatching(settings.resolvers()), Contact.class, "worth-watching")
                .keyBy((Contact contact) -> contact.device().key())
                .process(new DeviceWatch())
                .uid("watch")
                .name("watch");
        DataStream<Finding> silences = coverage.keyBy(minute -> minute.tally().sensorKey())
                .process(new SensorSilence())
                .uid("silence")
                .name("silence");
        DataStream<Finding> gaps = coverage.keyBy(minute -> minute.tally().sensorKey())
                .process(new CoverageGaps())
                .uid("gaps")
                .name("gaps");
        DataStream<Breach> breaches =
                rollups.flatMap(new Judge(settings.policy())).uid("judge").name("judge");
        DataStream<Finding> violations = breaches.filter(Breach::isCertain)
                .uid("certain")
                .name("certain")
                .keyBy(Breach::key)
                .process(new Violations(latenessMillis))
                .uid("violations")
                .name("violations");
        DataStream<Finding> outliers = news.encounters()
                .filter(CohortWatch::isCompared)
                .uid("compared")
                .name("compared")
                .keyBy(CohortWatch::keyOf)
                .process(new CohortWatch(settings.outliers()))
                .uid("cohorts")
                .name("cohorts");
        DataStream<Finding> nameless = nameless(flows, asked, latenessMillis);
        return new Detections(
                news.endpoints(),
                news.findings().union(watched, silences, gaps, violations, outliers, nameless),
                breaches);
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

    private static DataStream<Finding> nameless(Flows flows, DataStream<NamingEvent> asked, long latenessMillis) {
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
                .process(new NamelessContact(latenessMillis))
                .uid("nameless")
                .name("nameless");
    }
}
