package observatory.dashboards.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole first page: every panel for one filter and one range, read together.
 *
 * @param asked when it was asked for
 * @param silentSince end of the newest data of all, when nothing came for a while although the range goes on; null
 *     otherwise, and when there never was any
 * @param sensors ledgers in the order of their names
 * @param answers in the order of the panels
 */
public record Overview(
        Instant asked,
        Range range,
        Filter filter,
        Holdings holdings,
        Coverage coverage,
        @Nullable Instant silentSince,
        List<SensorLedger> sensors,
        List<Answer> answers) {
    public Overview {
        sensors = List.copyOf(sensors);
        answers = List.copyOf(answers);
    }
}
