package observatory.dashboards.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report is asked to cover, and what it has to be told because it cannot be observed.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param zone in which days are counted and times are written
 * @param site name of the one site to report on; null for all
 * @param organisation whose report it is; empty when not given
 * @param version version of the product
 * @param instruments what a responsible person entered about transfers
 */
public record ReportRequest(
        Instant from,
        Instant to,
        ZoneId zone,
        @Nullable String site,
        String organisation,
        String version,
        List<Instrument> instruments) {
    public ReportRequest {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the period from " + from + " to " + to + " is empty");
        }
        instruments = List.copyOf(instruments);
    }
}
