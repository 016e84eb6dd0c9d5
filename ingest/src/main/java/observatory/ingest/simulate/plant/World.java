package observatory.ingest.simulate.plant;

import observatory.ingest.simulate.fleet.Fleet;
import observatory.ingest.simulate.internet.Internet;

/**
 * Who is simulated, and in which internet.
 *
 * @param fleet the phones, with all that is going to happen to them
 * @param internet the names they may ask for
 */
public record World(Fleet fleet, Internet internet) {}
