package observatory.jobs.finding.sensor;

import java.util.List;
import java.util.Locale;
import observatory.jobs.coverage.Delivery;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Whether an exporter delivers all it saw: pure rules over its ledger, by windows of a quarter of an hour. More than one
 * in a hundred lost is a gap; so is any packet that a sensor says it dropped, since nobody knows what was in it. Windows
 * with losses belong to one gap until there was an hour without.
 *
 * @param window the quarter of an hour that is being summed; null before the first
 * @param gap the gap that is open; null when none is
 */
public record Losses(@Nullable Tally window, @Nullable Finding gap) {
    /** Length of a window. */
    static final long WINDOW_MILLIS = 15 * Tally.MINUTE_MILLIS;
    /** So long without a loss ends a gap. */
    static final long CLEAN_MILLIS = 60 * Tally.MINUTE_MILLIS;

    private static final double SHARE = 0.01;
    private static final double BAD_SHARE = 0.1;

    /** Nothing was lost. */
    static final Losses NONE = new Losses(null, null);

    /** With one more minute of the current window. */
    Losses and(Tally minute) {
        return new Losses(window == null ? minute : window.plus(minute), gap);
    }

    /** When the window is over. */
    Losses judged() {
        if (window == null) {
            return this;
        }
        long endMillis = (Math.floorDiv(window.minuteMillis(), WINDOW_MILLIS) + 1) * WINDOW_MILLIS;
        Delivery delivery = window.delivery();
        double share = delivery == null ? 0 : shareOf(window, delivery);
        if (delivery != null && share > SHARE) {
            return new Losses(
                    null,
                    gap == null ? begun(window, delivery, share, endMillis) : more(gap, delivery, share, endMillis));
        }
        boolean over = gap != null && endMillis - gap.lastMillis() >= CLEAN_MILLIS;
        return new Losses(null, over && gap != null ? ended(gap) : gap);
    }

    /** This share of what was sent did not arrive, 0 to 1. */
    static double shareOf(Tally window, Delivery delivery) {
        long missing = Math.max(0, delivery.lost()) + delivery.dropped();
        if (missing == 0) {
            return 0;
        }
        // A sensor that tells how many packets it dropped does not tell of how many.
        boolean countsRecords = window.observerType().equals("netflow5")
                || window.observerType().equals("ipfix");
        long arrived = delivery.datagrams() == 0 ? 0 : countsRecords ? window.flow() : delivery.datagrams();
        return (double) missing / (missing + arrived);
    }

    private static Finding begun(Tally window, Delivery delivery, double share, long end) {
        Finding.Draft draft = Finding.of(
                        Kind.COVERAGE_GAP, "sensor", window.sensor() + "|lost|" + Math.floorDiv(end, WINDOW_MILLIS))
                .headline(window.sensor() + " delivers, but not all")
                .missing(List.of("What was in the lost records; figures of this time are too low by about as much."))
                .evidence(Evidence.of(window))
                .site(window.site())
                .sensor(window.sensor());
        return told(draft, delivery, share, end - WINDOW_MILLIS, end);
    }

    private static Finding more(Finding gap, Delivery delivery, double share, long end) {
        return told(gap.draft().open(), delivery, share, gap.firstMillis(), end);
    }

    private static Finding told(Finding.Draft draft, Delivery delivery, double share, long from, long to) {
        long missing = Math.max(0, delivery.lost()) + delivery.dropped();
        Severity severity = share > BAD_SHARE ? Severity.MEDIUM : Severity.LOW;
        Finding soFar = draft.between(from, to).more(missing, 0, 0).end();
        boolean worse = soFar.severity().compareTo(severity) > 0;
        return soFar.draft()
                .severity(
                        worse ? soFar.severity() : severity,
                        "What was lost is in no figure"
                                + (worse || severity == Severity.MEDIUM ? ", and it was much." : "."))
                .facts(List.of(
                        soFar.count() + " records, datagrams or packets lost or dropped in all.",
                        String.format(
                                Locale.ROOT, "%.1f %% of the latest quarter of an hour with losses.", 100 * share)))
                .end();
    }

    private static Finding ended(Finding gap) {
        return gap.draft()
                .facts(List.of(gap.facts().getFirst(), "Nothing was lost in the hour after."))
                .closed()
                .end();
    }
}
