package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Site;

/**
 * A sensor delivers nothing, or no names, for a while: on one of the last days, so that it hides no other plant.
 *
 * @param kind {@code sensor-silent} or {@code coverage-gap}
 */
record SilentSensor(String kind) implements Planting {
    @Override
    public void in(Plot plot) {
        boolean all = kind.equals("sensor-silent");
        Site site = plot.any(plot.sites());
        // The two kinds keep to different days, and the last hours tell that it is over.
        long day = plot.days().end() - (all ? 2 : 3) * Plot.DAY;
        long from = day + 2 * Plot.HOUR + plot.random().nextLong(6 * Plot.HOUR);
        long to = from + (all ? 3 : 6) * Plot.HOUR + plot.random().nextLong(6 * Plot.HOUR);
        plot.plant(new Plant(
                kind,
                "sensor",
                site.name(),
                List.of(),
                from,
                to,
                site.name(),
                all
                        ? "the sensor writes nothing; conversations that overlap the silence are in no log"
                        : "the sensor writes no DNS answers, while connections go on",
                List.of()));
    }
}
