package observatory.jobs.finding.sensor;

import java.util.List;
import observatory.jobs.coverage.Rhythm;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Whether a sensor that used to tell DNS still does while its flows go on: pure rules over its ledger.
 *
 * @param rhythm how long one usually waits for DNS
 * @param lastMinute last minute with DNS; {@link #NEVER} before the first
 * @param flows flows since then
 * @param gap the gap that is open; null when none is
 */
public record NamesMissing(
        Rhythm rhythm,
        long lastMinute,
        long flows,
        @Nullable Finding gap) {
    /** No DNS so far. */
    static final long NEVER = Long.MIN_VALUE;
    /** Nothing is known of the sensor. */
    static final NamesMissing UNKNOWN = new NamesMissing(Rhythm.UNKNOWN, NEVER, 0, null);

    /** Fewer waits for DNS are no habit. */
    private static final long LEARNED = 100;
    /** Fewer flows may well have needed no name. */
    private static final long FLOWS = 50;

    private static final long LEAST_MILLIS = 60 * Tally.MINUTE_MILLIS;

    /** After one more minute with input. */
    NamesMissing after(Tally minute) {
        if (minute.dns() > 0) {
            Rhythm learned = lastMinute == NEVER ? rhythm : rhythm.after(lastMinute, minute.minuteMillis());
            return new NamesMissing(learned, minute.minuteMillis(), 0, gap == null ? null : ended(gap));
        }
        long since = flows + minute.flow();
        boolean missing = minute.flow() > 0 && since >= FLOWS && isLong(minute.minuteMillis());
        return new NamesMissing(rhythm, lastMinute, since, missing ? longer(minute, since) : gap);
    }

    private boolean isLong(long now) {
        return lastMinute != NEVER
                && rhythm.waits() >= LEARNED
                && now - lastMinute >= Math.max(LEAST_MILLIS, 2 * rhythm.thresholdMillis());
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
