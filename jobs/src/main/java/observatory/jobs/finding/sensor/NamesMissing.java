package observatory.jobs.finding.sensor;

import java.util.ArrayList;
import java.util.List;
import observatory.jobs.coverage.Rhythm;
import observatory.jobs.coverage.Rhythm.Wait;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Whether a sensor that used to tell DNS still does while its flows go on: pure rules over its ledger. Phones that keep
 * what they were told, as for time servers, can do without DNS for most of a day, so pauses are learned: nothing is a gap
 * on the first day; then what is longer than any pause before; and from the fifth day on what is longer than the third
 * longest of the last eight, so that one outage does not hide the next.
 *
 * @param rhythm how long one usually waits for DNS
 * @param firstMinute first minute with DNS; {@link #NEVER} before it
 * @param lastMinute last minute with DNS; {@link #NEVER} before the first
 * @param flows flows since then
 * @param pauses the longest pauses while flows went on, longest first; at most {@link #LONGEST}
 * @param gap the gap that is open; null when none is
 */
public record NamesMissing(
        Rhythm rhythm,
        long firstMinute,
        long lastMinute,
        long flows,
        List<Wait> pauses,
        @Nullable Finding gap) {
    /** No DNS so far. */
    static final long NEVER = Long.MIN_VALUE;
    /** Nothing is known of the sensor. */
    static final NamesMissing UNKNOWN = new NamesMissing(Rhythm.UNKNOWN, NEVER, NEVER, 0, List.of(), null);

    /** Fewer waits for DNS are no habit. */
    private static final long LEARNED = 100;
    /** Fewer flows may well have needed no name. */
    private static final long FLOWS = 50;

    private static final long HOUR_MILLIS = 60 * Tally.MINUTE_MILLIS;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final long FIRST_DAYS_MILLIS = 4 * DAY_MILLIS;
    private static final long MEMORY_MILLIS = 8 * DAY_MILLIS;
    private static final int LONGEST = 8;
    private static final int USUAL = 3;
    private static final double LONGER = 1.5;

    public NamesMissing {
        pauses = List.copyOf(pauses);
    }

    /** After one more minute with input. */
    NamesMissing after(Tally minute) {
        long now = minute.minuteMillis();
        if (minute.dns() > 0) {
            return lastMinute == NEVER
                    ? new NamesMissing(rhythm, now, now, 0, pauses, null)
                    : new NamesMissing(
                            rhythm.after(lastMinute, now),
                            firstMinute,
                            now,
                            0,
                            pausesUntil(now),
                            gap == null ? null : ended(gap));
        }
        long since = flows + minute.flow();
        boolean missing = minute.flow() > 0 && since >= FLOWS && isLong(now);
        return new NamesMissing(rhythm, firstMinute, lastMinute, since, pauses, missing ? longer(minute, since) : gap);
    }

    /** The same without the gap, when it has ended. */
    NamesMissing withoutGap() {
        return new NamesMissing(rhythm, firstMinute, lastMinute, flows, pauses, null);
    }

    private boolean isLong(long now) {
        return lastMinute != NEVER
                && rhythm.waits() >= LEARNED
                && now - firstMinute >= DAY_MILLIS
                && now - lastMinute
                        >= Math.max(
                                HOUR_MILLIS,
                                Math.max(2 * rhythm.thresholdMillis(), LONGER * usualPause(now - firstMinute)));
    }

    private long usualPause(long watchedMillis) {
        int rank = watchedMillis < FIRST_DAYS_MILLIS ? 1 : USUAL;
        return pauses.size() < rank ? 0 : pauses.get(rank - 1).minutes() * Tally.MINUTE_MILLIS;
    }

    private List<Wait> pausesUntil(long now) {
        List<Wait> kept = new ArrayList<>(pauses);
        kept.removeIf(pause -> now - pause.untilMillis() > MEMORY_MILLIS);
        if (flows >= FLOWS && now - lastMinute >= HOUR_MILLIS) {
            kept.add(new Wait((now - lastMinute) / Tally.MINUTE_MILLIS, now));
        }
        kept.sort(Wait.LONGEST_FIRST);
        return kept.size() > LONGEST ? kept.subList(0, LONGEST) : kept;
    }

    private Finding longer(Tally minute, long since) {
        long from = lastMinute + Tally.MINUTE_MILLIS;
        long to = minute.minuteMillis() + Tally.MINUTE_MILLIS;
        Finding.Draft draft = gap != null
                ? gap.draft()
                : Finding.of(Kind.COVERAGE_GAP, "sensor", minute.sensor() + "|dns|" + from)
                        .severity(
                                Severity.MEDIUM, "Without DNS flows are named by their TLS only, and some not at all.")
                        .headline(minute.sensor() + " tells flows, but DNS no more")
                        .missing(List.of("DNS questions and answers of this time."))
                        .site(minute.site())
                        .sensor(minute.sensor());
        long told = gap == null ? 0 : gap.count();
        return draft.facts(List.of(since + " flows in " + (to - from) / Tally.MINUTE_MILLIS
                        + " minutes without one DNS record, which is longer than the sensor's rhythm."))
                .evidence(Evidence.of(minute))
                .between(from, to)
                .more(Math.max(1, since - told), 0, 0)
                .end();
    }

    private static Finding ended(Finding gap) {
        return gap.state() == Finding.State.CLOSED
                ? gap
                : gap.draft()
                        .facts(List.of(gap.facts().getFirst(), "DNS is told again."))
                        .closed()
                        .end();
    }
}
