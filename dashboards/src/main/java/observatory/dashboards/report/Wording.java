package observatory.dashboards.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import observatory.dashboards.report.Report.PlaceShare;
import org.jspecify.annotations.Nullable;

/** How figures, places and doubts are put into words. */
record Wording(ZoneId zone) {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final List<String> BYTE_UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

    String time(@Nullable Instant moment) {
        return moment == null ? "not known" : MINUTE.format(moment.atZone(zone));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Decimal units, three digits. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < BYTE_UNITS.size() - 1) {
            value /= 1000;
            unit++;
        }
        String format = unit == 0 || value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, value, BYTE_UNITS.get(unit));
    }

    /** Per cent with one decimal; a part that is not all never reads as 100 %, one that is not nothing never as 0 %. */
    static String share(double share) {
        double percent = 100 * share;
        if (percent > 0 && percent < 0.1) {
            return "< 0.1 %";
        }
        if (percent < 100 && percent > 99.9) {
            return "> 99.9 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }

    static String country(@Nullable String code) {
        if (code == null || code.isEmpty()) {
            return "cannot be decided";
        }
        if (!code.matches("[A-Z]{2}")) {
            return code;
        }
        String name = Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
        return name.equals(code) ? code : name + " (" + code + ")";
    }

    static String countries(List<String> codes) {
        return codes.isEmpty()
                ? "not known"
                : codes.stream().map(Wording::country).collect(Collectors.joining(", "));
    }

    static String place(PlaceShare place) {
        return place(place.state(), place.countries());
    }

    static String place(String state, List<String> countries) {
        return switch (state) {
            case "agreed" -> countries(countries);
            case "disputed" ->
                countries.isEmpty()
                        ? "Cannot be decided: sources disagree"
                        : "Cannot be decided: "
                                + countries.stream().map(Wording::country).collect(Collectors.joining(" or "));
            case "anycast" -> "Cannot be decided: answers from many places (anycast)";
            case "local" -> "Local network";
            default -> "Cannot be decided: no evidence";
        };
    }

    static String placeState(String state) {
        return switch (state) {
            case "disputed" -> "Disputed: sources name different countries";
            case "anycast" -> "Anycast: one address answers from many places";
            case "local" -> "Local: not on the Internet";
            case "agreed" -> "Agreed";
            default -> "Unknown: no evidence";
        };
    }

    /** A label of the catalogue as a word: {@code own_dns} as {@code own dns}. */
    static String word(String label) {
        return label.replace('_', ' ');
    }

    static String or(String text, String instead) {
        return text.isEmpty() ? instead : text;
    }
}
