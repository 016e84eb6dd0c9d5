package observatory.dashboards.search;

import java.time.Instant;
import java.util.List;

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
        List<Gap> gaps) {
    public SensorLedger {
        gaps = List.copyOf(gaps);
    }

    /**
     * An interval of silence.
     *
     * @param from start of its first silent minute
     * @param to end of its last silent minute
     */
    public record Gap(Instant from, Instant to) {}
}
