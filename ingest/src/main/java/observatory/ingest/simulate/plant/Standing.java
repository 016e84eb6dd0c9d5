package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Plant;

/**
 * What looks strange in every fleet, all the time, and only has to be told.
 *
 * @param kind what it is
 * @param subject the endpoint
 * @param text what happens
 */
record Standing(String kind, String subject, String text) implements Planting {
    @Override
    public void in(Plot plot) {
        plot.lookAlike(new Plant(
                kind, "fleet", "", List.of(), plot.days().begin(), plot.days().end(), subject, text, List.of()));
    }
}
