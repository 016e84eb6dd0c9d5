package observatory.jobs;

import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.nameless.NamelessVisit.Names;
import observatory.jobs.finding.nameless.NamingEvent;
import observatory.jobs.finding.nameless.NamingFeed;
import observatory.jobs.finding.novelty.DeviceDay;
import observatory.jobs.finding.novelty.DeviceMemory;
import observatory.jobs.finding.novelty.Encounter;
import observatory.jobs.finding.novelty.Known;
import observatory.jobs.finding.novelty.Novelty;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.finding.novelty.SiteWatch;
import observatory.jobs.finding.novelty.StandsBehind;
import observatory.jobs.finding.novelty.SubjectMemory;
import observatory.jobs.finding.novelty.Visit;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * What is new, on one screen. Two encounters a day, device and destination pass two memories: that of the device, and that
 * of its cohort, site and fleet; first for the endpoint, then for what stands behind it.
 *
 * @param encounters of devices with endpoints, at most two a day and destination
 * @param endpoints what each scope has to do with each endpoint
 * @param findings what is new
 */
record Novelties(DataStream<Encounter> encounters, DataStream<Seen> endpoints, DataStream<Finding> findings) {
    private static final OutputTag<Finding> NEWS = new OutputTag<>("news", TypeInformation.of(Finding.class));
    private static final OutputTag<Seen> SEEN = new OutputTag<>("seen", TypeInformation.of(Seen.class));

    /**
     * Builds the graph.
     *
     * @param asked who asked for names when
     * @param known what earlier runs had seen; all of it is taken in before anything is judged, because until its end it
     *     holds the watermark back
     * @param latenessMillis how long a rollup can still be corrected
     */
    static Novelties define(
            DataStream<Rollup> rollups,
            DataStream<NamingEvent> asked,
            DataStream<Seen> known,
            DetectionSettings settings,
            long latenessMillis) {
        Novelty novelty = Novelty.of(settings.learning(), settings.dormancy());
        DataStream<Encounter> seeds = known.flatMap(new Known()).uid("known").name("known");

        DataStream<Encounter> visits = visits(rollups, asked, latenessMillis)
                .keyBy(visit -> visit.contact().device().key())
                .process(new DeviceDay(novelty, latenessMillis))
                .uid("device-day")
                .name("device-day")
                .union(seeds.filter(Known::isOfSite).uid("known-sites").name("known-sites"))
                .keyBy(SiteWatch::siteOf)
                .process(new SiteWatch(novelty))
                .uid("site-watch")
                .name("site-watch");
        SingleOutputStreamOperator<Encounter> met = remember(visits, novelty, "met-endpoints");
        SingleOutputStreamOperator<Seen> endpoints = judge(
                met,
                seeds.filter(Known::isOfEndpoint).uid("known-endpoints").name("known-endpoints"),
                novelty,
                latenessMillis,
                "endpoints");

        DataStream<Encounter> behind =
                met.flatMap(new StandsBehind()).uid("behind").name("behind");
        SingleOutputStreamOperator<Seen> parties = judge(
                remember(behind, novelty, "met-parties"),
                seeds.filter(Known::isOfParty).uid("known-parties").name("known-parties"),
                novelty,
                latenessMillis,
                "parties");
        return new Novelties(
                met,
                endpoints.union(met.getSideOutput(SEEN)),
                endpoints.getSideOutput(NEWS).union(parties.getSideOutput(NEWS)));
    }

    /** Contact without a name waits until it is known whether names were logged; all other goes on at once. */
    private static DataStream<Visit> visits(
            DataStream<Rollup> rollups, DataStream<NamingEvent> asked, long latenessMillis) {
        DataStream<Visit> named = rollups.filter(rollup -> !Visit.isNameless(rollup))
                .uid("with-name")
                .name("with-name")
                .map(Visit::of)
                .returns(TypeInformation.of(Visit.class))
                .uid("visit")
                .name("visit");
        DataStream<Visit> nameless = rollups.filter(Visit::isNameless)
                .uid("without-name")
                .name("without-name")
                .map(NamingEvent::contacted)
                .uid("met-without-name")
                .name("met-without-name")
                .union(asked)
                .keyBy(NamingEvent::site)
                .process(new NamingFeed(latenessMillis))
                .uid("names-known")
                .name("names-known")
                .map(visit -> new Visit(visit.contact(), NamingFeed.PATIENCE_MILLIS, visit.names() == Names.MISSING))
                .returns(TypeInformation.of(Visit.class))
                .uid("visit-without-name")
                .name("visit-without-name");
        return named.union(nameless);
    }

    private static SingleOutputStreamOperator<Encounter> remember(
            DataStream<Encounter> encounters, Novelty novelty, String name) {
        return encounters
                .keyBy(DeviceMemory::keyOf)
                .process(new DeviceMemory(novelty, SEEN))
                .uid(name)
                .name(name);
    }

    private static SingleOutputStreamOperator<Seen> judge(
            DataStream<Encounter> encounters,
            DataStream<Encounter> seeds,
            Novelty novelty,
            long latenessMillis,
            String name) {
        return encounters
                .union(seeds)
                .keyBy(encounter -> encounter.subject().key())
                .process(new SubjectMemory(novelty, latenessMillis, NEWS))
                .uid(name)
                .name(name);
    }
}
