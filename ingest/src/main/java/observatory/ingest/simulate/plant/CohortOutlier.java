package observatory.ingest.simulate.plant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/** One phone of many of its cohort has contacted an endpoint from the beginning, before anything was news. */
final class CohortOutlier implements Planting {
    /** Fewer say nothing; some of them may have other plants, and are still of the cohort. */
    private static final long LEAST = 24;

    @Override
    public void in(Plot plot) {
        Optional<String> model = largest(plot);
        model.flatMap(name -> plot.take(phone -> phone.model().model().equals(name)))
                .ifPresent(phone -> plant(plot, phone));
    }

    private static Optional<String> largest(Plot plot) {
        Map<String, Long> counts = plot.free(phone -> true).stream()
                .collect(Collectors.groupingBy(phone -> phone.model().model(), Collectors.counting()));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST)
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    private static void plant(Plot plot, Phone phone) {
        String name = plot.name(Plot.known(phone.site()));
        long begin = plot.days().begin();
        plot.give(phone, Visits.irregular(name, plot.since(begin)));
        plot.plant(new Plant(
                "cohort-outlier",
                "cohort",
                phone.site().name(),
                List.of(phone.index()),
                begin,
                plot.days().end(),
                Plot.domainOf(name),
                "one phone of many " + phone.model().model() + " contacts " + name,
                List.of()));
    }
}
