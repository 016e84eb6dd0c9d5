package observatory.dashboards.panel;

import java.util.List;

/** What the figures of a panel are told apart by. */
public sealed interface Breakdown {
    /** What a person reads as the heading of the groups. */
    String label();

    /** Intervals of time, as wide as the range shown asks for. */
    record Time(String label) implements Breakdown {}

    /**
     * The values of keyword fields, the largest by the panel's first measure first.
     *
     * @param fields usually one; with more, a group is a combination of values and the first field is the coarsest
     * @param size how many groups are named; the rest is one group, "other"
     * @param missing what a group without a value is called
     */
    record Terms(String label, List<String> fields, int size, String missing) implements Breakdown {
        public Terms {
            fields = List.copyOf(fields);
            if (fields.isEmpty() || size < 1) {
                throw new IllegalArgumentException("a breakdown by terms needs a field and a size above zero");
            }
        }
    }

    /**
     * Where addresses answer: one group per country where the evidence agrees, and one each for disputed, anycast,
     * unknown and local. Traffic of a doubtful place is never spread over countries.
     *
     * @param size how many agreed countries are named; the rest is one group, "other agreed"
     */
    record Place(String label, int size) implements Breakdown {
        /** Keyword: one country when the state is agreed, else absent. */
        public static final String COUNTRY = "destination.geo.country_iso_code";

        /** Keyword, several values: every country that was voted for. */
        public static final String COUNTRIES = "observatory.place.countries";

        /** Keyword: agreed, disputed, anycast, unknown or local. */
        public static final String STATE = "observatory.place.state";

        /** The state in which a country may be named. */
        public static final String AGREED = "agreed";

        /** The other states, in the order in which they are shown. */
        public static final List<String> DOUBTFUL = List.of("disputed", "anycast", "unknown", "local");
    }
}
