package observatory.dashboards.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one sensor, exporter or resolver delivered in the range.
 *
 * @param name {@code observer.name}
 * @param type {@code observer.type}; empty when the sensor never said
 * @param site its site; empty when none is configured
 * @param coverage of this sensor alone
 * @param records lines, records and samples read
 * @param stored flows stored
 * @param duplicate flows left out because they were stored already
 * @param late flows that came too late to count
 * @param filtered flows left out by configuration
 * @param rejected records that could not be read
 * @param lost records that the sensor's own counters say never arrived
 * @param delivery how its input arrived
 * @param heard end of the last minute in which something arrived; null when nothing did
 * @param gaps when it was silent, in order of time
 */
public record SensorLedger(
        String name,
        String type,
        String site,
        Coverage coverage,
        long records,
        long stored,
        long duplicate,
        long late,
        long filtered,
        long rejected,
        long lost,
        Delivery delivery,
        @Nullable Instant heard,
        List<Gap> gaps) {
    public SensorLedger {
        gaps = List.copyOf(gaps);
    }

    /**
     * How the input of an exporter arrived; of a sensor that writes logs all but {@code dropped} is 0.
     *
     * @param datagrams datagrams received
     * @param gaps places where the exporter's sequence numbers show something to be missing
     * @param restarts times the exporter began anew, which is no gap
     * @param repeated datagrams that came again and were dropped
     * @param outOfOrder datagrams that came late and were used
     * @param dropped what the exporter, the sensor or the collector says it lost itself
     * @param noTemplate data sets that could not be read, since their template never came
     * @param skewMillis exporter's clock less ours, the one farthest from 0
     * @param samplingInterval one packet in this many, the coarsest stated; 0 when none was stated
     */
    public record Delivery(
            long datagrams,
            long gaps,
            long restarts,
            long repeated,
            long outOfOrder,
            long dropped,
            long noTemplate,
            long skewMillis,
            long samplingInterval) {}

    /**
     * An interval of silence.
     *
     * @param from start of its first silent minute
     * @param to end of its last silent minute
     */
    public record Gap(Instant from, Instant to) {}
}
