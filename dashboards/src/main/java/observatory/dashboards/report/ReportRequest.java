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
 * @param dataSets what places, networks and services were looked up in
 * @param data digest of these data sets; empty when it is not known
 * @param instruments what a responsible person entered about transfers
 */
public record ReportRequest(
        Instant from,
        Instant to,
        ZoneId zone,
        @Nullable String site,
        String organisation,
        String version,
        List<DataSet> dataSets,
        String data,
        List<Instrument> instruments) {
    public ReportRequest {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the period from " + from + " to " + to + " is empty");
        }
        dataSets = List.copyOf(dataSets);
        instruments = List.copyOf(instruments);
    }

    /**
     * One source of knowledge.
     *
     * @param name {@code dbip-country}
     * @param edition version or digest
     * @param date day of the data, ISO; empty when the source does not say
     * @param licence and the attribution it asks for
     */
    public record DataSet(String name, String edition, String date, String licence) {}
}
