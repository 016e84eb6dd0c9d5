package observatory.dashboards.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A residency report: one frozen set of figures, from which every format is written.
 *
 * @param header what it is about, and by what it can be recognised
 * @param scope what was listened to, and how completely
 * @param total all traffic of the period
 * @param recipients who received it, most bytes first
 * @param places where that answered, agreed countries first, then what is doubtful
 * @param transfers recipients that a law of a third country may reach, with the instrument as far as one was entered
 * @param newEndpoints first contacts in the period, oldest first
 * @param findings worst first
 * @param snapshots share of the flows by digest of the data they were attributed with: more than one where the data
 *     changed within the period
 * @param dataSets what places, networks and services of these flows were looked up in
 */
public record Report(
        Header header,
        Scope scope,
        Traffic total,
        List<Recipient> recipients,
        List<PlaceRow> places,
        List<Transfer> transfers,
        List<NewEndpoint> newEndpoints,
        List<FindingRow> findings,
        Map<String, Long> snapshots,
        List<DataSet> dataSets) {
    public Report {
        recipients = List.copyOf(recipients);
        places = List.copyOf(places);
        transfers = List.copyOf(transfers);
        newEndpoints = List.copyOf(newEndpoints);
        findings = List.copyOf(findings);
        dataSets = List.copyOf(dataSets);
    }

    /**
     * @param id first 16 digits of {@code digest}
     * @param digest SHA-256 of all that follows from the data and the request, in hexadecimal; the moment of generation
     *     is left out, so that the same data gives the same report
     * @param sites those seen in the period, sorted
     * @param site the one the report is narrowed to; null when it covers all
     * @param isSimulated whether any of the data was made up for a demonstration
     */
    public record Header(
            String id,
            String digest,
            String organisation,
            List<String> sites,
            @Nullable String site,
            Instant from,
            Instant to,
            ZoneId zone,
            Instant generatedAt,
            String version,
            boolean isSimulated) {
        public Header {
            sites = List.copyOf(sites);
        }
    }

    /**
     * @param sensors by name
     * @param models device models, most devices first
     * @param devices devices seen talking in the period
     * @param knownDevices devices in the inventory that were first seen before the end of the period
     * @param deviceDays for every day of the period the devices seen on it, added up
     * @param naming flows by how their destination got its name, strongest evidence first
     * @param limits what had to be cut or is missing, as sentences; empty when nothing is
     */
    public record Scope(
            List<Sensor> sensors,
            List<Model> models,
            long devices,
            long knownDevices,
            long deviceDays,
            Map<String, Long> naming,
            List<String> limits) {
        public Scope {
            sensors = List.copyOf(sensors);
            models = List.copyOf(models);
            limits = List.copyOf(limits);
        }
    }

    /**
     * The ledger of one sensor, exporter or resolver.
     *
     * @param minutes minutes of the period for which a ledger was kept
     * @param silentMinutes those of them in which nothing arrived
     * @param periodMinutes minutes of the whole period
     * @param first start of the ledger within the period; null when there is none
     * @param last its end; null when there is none
     * @param gaps when it was silent
     */
    public record Sensor(
            String name,
            String type,
            String site,
            long minutes,
            long silentMinutes,
            long periodMinutes,
            @Nullable Instant first,
            @Nullable Instant last,
            long records,
            long rejected,
            long late,
            long lost,
            List<Gap> gaps) {
        public Sensor {
            gaps = List.copyOf(gaps);
        }

        /** Minutes with data, as a share of the ledger; 0 without a ledger. */
        public double shareOfLedger() {
            return minutes == 0 ? 0 : (double) (minutes - silentMinutes) / minutes;
        }

        /** Minutes with data, as a share of the whole period. */
        public double shareOfPeriod() {
            return periodMinutes == 0 ? 0 : Math.min(1, (double) (minutes - silentMinutes) / periodMinutes);
        }
    }

    /**
     * An interval of silence.
     *
     * @param from start of its first silent minute
     * @param to end of its last silent minute
     */
    public record Gap(Instant from, Instant to, long minutes) {}

    /** Devices of one maker and model; {@code unknown} where neither is known. */
    public record Model(String maker, String model, long devices) {}

    /** Figures that add up over rows, as devices do not. */
    public record Traffic(long flows, long bytesOut, long bytesIn) {
        public long bytes() {
            return bytesOut + bytesIn;
        }

        Traffic plus(Traffic other) {
            return new Traffic(flows + other.flows, bytesOut + other.bytesOut, bytesIn + other.bytesIn);
        }
    }

    /**
     * Who received: an operator's service on a host network or, where the catalogue knows no operator, an endpoint.
     *
     * @param operator who runs the service; empty when not known
     * @param endpoints domains or networks and prefixes, most bytes first; at most ten
     * @param endpointCount how many there are; exact up to 40,000
     * @param network organisation of the host network; empty when not known
     * @param asn its number; 0 when not known
     * @param cloud cloud provider; empty when none is known
     * @param places where it answered
     * @param operatorJurisdictions whose law reaches the operator, ISO codes
     * @param hostJurisdictions whose law reaches the host network
     * @param devices exact up to 40,000
     */
    public record Recipient(
            String operator,
            String vendor,
            String service,
            String purpose,
            List<String> endpoints,
            long endpointCount,
            String network,
            long asn,
            String cloud,
            List<PlaceShare> places,
            List<String> operatorJurisdictions,
            List<String> hostJurisdictions,
            Traffic traffic,
            long devices,
            Instant firstSeen,
            Instant lastSeen) {
        public Recipient {
            endpoints = List.copyOf(endpoints);
            places = List.copyOf(places);
            operatorJurisdictions = List.copyOf(operatorJurisdictions);
            hostJurisdictions = List.copyOf(hostJurisdictions);
        }

        /** What it is called where one name has to do. */
        public String name() {
            return operator.isEmpty() ? (endpoints.isEmpty() ? "not known" : endpoints.get(0)) : operator;
        }
    }

    /**
     * A part of a recipient's traffic.
     *
     * @param state {@code agreed}, {@code disputed}, {@code anycast}, {@code unknown} or {@code local}
     * @param countries the country when agreed, the possible ones when disputed, none otherwise
     */
    public record PlaceShare(String state, List<String> countries, Traffic traffic) {
        public PlaceShare {
            countries = List.copyOf(countries);
        }
    }

    /**
     * Traffic by place. Rows add up to the total; {@code contested} does not and is never added.
     *
     * @param state {@code agreed} for a row of traffic that has a country; {@code disputed} with a country and without
     *     traffic of its own for one that is never agreed on but possible; else what the traffic has instead of a country
     * @param country ISO code, null for the rows of what is doubtful
     * @param contested bytes for which this country is one of several possible places
     * @param devices exact up to 40,000
     */
    public record PlaceRow(
            String state,
            @Nullable String country,
            Traffic traffic,
            double share,
            long contested,
            long devices,
            long endpoints) {}

    /**
     * A recipient in, or reached by the law of, a country outside the European Economic Area; or one whose place cannot
     * be decided.
     *
     * @param country ISO code; null when it cannot be decided
     * @param grounds why the row is here, as phrases
     * @param instrument {@code open} unless one was entered
     */
    public record Transfer(
            @Nullable String country,
            String recipient,
            List<String> purposes,
            List<String> grounds,
            long bytesOut,
            String instrument,
            String document,
            String assessed,
            String reviewer) {
        public Transfer {
            purposes = List.copyOf(purposes);
            grounds = List.copyOf(grounds);
        }
    }

    /** A first contact. Empty texts and lists where nothing is known. */
    public record NewEndpoint(
            Instant firstSeen,
            String endpoint,
            String site,
            String operator,
            String vendor,
            String service,
            String purpose,
            String network,
            String placeState,
            List<String> countries,
            long devices,
            Traffic traffic) {
        public NewEndpoint {
            countries = List.copyOf(countries);
        }
    }

    /**
     * One edition of a data set.
     *
     * @param name short name and where it comes from
     * @param edition version or digest
     * @param date day of the data, and whether that is old for the end of the period, or later than that
     * @param licence and the attribution it asks for
     * @param flows flows of the period that were attributed with it
     */
    public record DataSet(String name, String edition, String date, String licence, long flows) {}

    /** A finding that touches the period. */
    public record FindingRow(
            String id,
            String severity,
            String kind,
            String state,
            String message,
            String missing,
            String endpoint,
            long count,
            long devices,
            @Nullable Instant firstSeen,
            @Nullable Instant lastSeen) {}
}
