package observatory.jobs.document;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Names of the indices. Date-named plain indices, since they work on every Elasticsearch. */
public final class Indices {
    public static final String ENDPOINTS = "observatory-endpoints";
    public static final String FINDINGS = "observatory-findings";
    public static final String DEVICES = "observatory-devices";
    public static final String IDENTITIES = "observatory-identities";
    public static final String DECISIONS = "observatory-decisions";
    public static final String AUDIT = "observatory-audit";
    public static final String SNAPSHOTS = "observatory-snapshots";

    private static final String FLOWS = "observatory-flows-";

    private Indices() {}

    static String flows(long millis) {
        return daily(FLOWS, millis);
    }

    /** Whether single flows are kept in an index of that name. */
    public static boolean isOfFlows(String index) {
        return index.startsWith(FLOWS);
    }

    static String dns(long millis) {
        return daily("observatory-dns-", millis);
    }

    static String rejections(long millis) {
        return daily("observatory-rejections-", millis);
    }

    static String rollups(long millis) {
        return monthly("observatory-rollups-", millis);
    }

    static String coverage(long millis) {
        return monthly("observatory-coverage-", millis);
    }

    private static String daily(String prefix, long millis) {
        LocalDate date = date(millis);
        return prefix + date.getYear() + "." + two(date.getMonthValue()) + "." + two(date.getDayOfMonth());
    }

    private static String monthly(String prefix, long millis) {
        LocalDate date = date(millis);
        return prefix + date.getYear() + "." + two(date.getMonthValue());
    }

    private static LocalDate date(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
