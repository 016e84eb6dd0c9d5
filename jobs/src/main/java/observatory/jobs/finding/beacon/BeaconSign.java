package observatory.jobs.finding.beacon;

import java.util.Comparator;
import java.util.List;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Evidence;
import observatory.jobs.rollup.Destination;

/**
 * What became known of the contacts of one device with one endpoint.
 *
 * @param series what is contacted: endpoint, service and port
 * @param atMillis when it became known, milliseconds since 1970
 * @param turn what became known
 * @param device who
 * @param destination the endpoint
 * @param port its port
 * @param lastMillis latest contact
 * @param doubts what would have been needed to be sure of the endpoint's name
 * @param evidence the document that holds the latest contact
 */
public record BeaconSign(
        String series,
        long atMillis,
        Turn turn,
        Device device,
        Destination destination,
        long port,
        long lastMillis,
        List<String> doubts,
        Evidence evidence) {

    public BeaconSign {
        doubts = List.copyOf(doubts);
    }

    /** A total order. */
    static final Comparator<BeaconSign> ORDER = Comparator.comparingLong(BeaconSign::atMillis)
            .thenComparingLong(sign -> sign.turn().onsetMillis())
            .thenComparing(sign -> sign.device().key())
            .thenComparing(sign -> sign.turn().what())
            .thenComparing(sign -> sign.destination().key());
}
