package observatory.dashboards.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import observatory.dashboards.report.Report.PlaceShare;
import observatory.dashboards.report.Report.Recipient;
import observatory.dashboards.report.Report.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the record that Art. 30(1)(d) and (e) GDPR ask for, as far as they can be observed: recipients in third
 * countries, or reached by the law of one. Being on this list is a question to answer, not a transfer that is proved.
 */
final class Transfers {
    /** Members of the EU and Iceland, Liechtenstein, Norway; unchanged since the United Kingdom left in 2020. */
    private static final Set<String> EEA = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI",
            "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK");

    private static final String OPEN = "open";

    /** What is known of one recipient and country. */
    private record Key(String recipient, @Nullable String country) {}

    private static final class Collected {
        private final Set<String> purposes = new TreeSet<>();
        private final Set<String> grounds = new LinkedHashSet<>();
        private long bytesOut;
    }

    private final Map<Key, Collected> rows = new HashMap<>();

    private Transfers() {}

    static List<Transfer> of(List<Recipient> recipients, List<Instrument> instruments) {
        Transfers transfers = new Transfers();
        recipients.forEach(transfers::add);
        return transfers.rows.entrySet().stream()
                .map(row -> transfer(row.getKey(), row.getValue(), instruments))
                .sorted(Comparator.comparing((Transfer row) -> row.country() == null)
                        .thenComparing(row -> Objects.requireNonNullElse(row.country(), ""))
                        .thenComparingLong(row -> -row.bytesOut())
                        .thenComparing(Transfer::recipient))
                .toList();
    }

    private void add(Recipient recipient) {
        Set<Key> counted = new LinkedHashSet<>();
        for (PlaceShare place : recipient.places()) {
            long bytes = place.traffic().bytesOut();
            switch (place.state()) {
                case "agreed" ->
                    place.countries().stream()
                            .filter(Transfers::isThird)
                            .forEach(country -> ground(recipient, country, "answers there", bytes));
                case "disputed" -> {
                    if (place.countries().stream().anyMatch(Transfers::isThird)) {
                        String between = "place cannot be decided: " + String.join(" or ", place.countries());
                        ground(recipient, null, between, bytes);
                    }
                }
                case "anycast" -> ground(recipient, null, "place cannot be decided: answers from many places", bytes);
                case "unknown" -> ground(recipient, null, "place cannot be decided: no evidence", bytes);
                default -> {} // local: not on the Internet
            }
        }
        law(recipient, recipient.operatorJurisdictions(), "its law reaches the operator", counted);
        law(recipient, recipient.hostJurisdictions(), "its law reaches the host network", counted);
    }

    /** All that a recipient was sent can be reached by law; counted once, however many grounds there are. */
    private void law(Recipient recipient, List<String> jurisdictions, String ground, Set<Key> counted) {
        long placed = recipient.traffic().bytesOut();
        for (String country : jurisdictions) {
            if (isThird(country)) {
                Key key = new Key(recipient.name(), country);
                long there = recipient.places().stream()
                        .filter(place -> place.state().equals("agreed")
                                && place.countries().contains(country))
                        .mapToLong(place -> place.traffic().bytesOut())
                        .sum();
                ground(recipient, country, ground, counted.add(key) ? placed - there : 0);
            }
        }
    }

    private void ground(Recipient recipient, @Nullable String country, String ground, long bytesOut) {
        Collected row = rows.computeIfAbsent(new Key(recipient.name(), country), key -> new Collected());
        if (!recipient.purpose().isEmpty()) {
            row.purposes.add(recipient.purpose());
        }
        row.grounds.add(ground);
        row.bytesOut += bytesOut;
    }

    private static Transfer transfer(Key key, Collected row, List<Instrument> instruments) {
        Instrument entered = instruments.stream()
                .filter(instrument -> instrument.recipient().equals(key.recipient())
                        && instrument.country().equals(key.country()))
                .findFirst()
                .orElse(null);
        List<String> purposes = new ArrayList<>(row.purposes);
        List<String> grounds = new ArrayList<>(row.grounds);
        return entered == null
                ? new Transfer(key.country(), key.recipient(), purposes, grounds, row.bytesOut, OPEN, "", "", "")
                : new Transfer(
                        key.country(),
                        key.recipient(),
                        purposes,
                        grounds,
                        row.bytesOut,
                        entered.instrument(),
                        entered.document(),
                        entered.assessed(),
                        entered.reviewer());
    }

    private static boolean isThird(String country) {
        return !EEA.contains(country);
    }
}
