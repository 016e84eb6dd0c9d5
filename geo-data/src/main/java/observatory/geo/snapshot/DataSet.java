package observatory.geo.snapshot;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One data set behind the answers.
 *
 * @param id short name, as in votes: {@code dbip}
 * @param role what it is used for: {@code place}, {@code registration}, {@code network}, {@code maker}, {@code ranges},
 *     {@code anonymous}
 * @param origin npm package or file
 * @param edition its version; empty when absent
 * @param date day it was made; null when unknown
 * @param licence as read in the data set itself
 * @param attribution the line its licence asks for, to be shown with results; empty when none is asked for
 * @param link address that goes with the line; may be empty
 * @param maxAgeDays days after which figures made with it must say that it is old
 * @param caution what its publisher or our own measurement warns of; may be empty
 * @param present whether it was found and read
 */
public record DataSet(
        String id,
        String role,
        String origin,
        String edition,
        @Nullable LocalDate date,
        String licence,
        String attribution,
        String link,
        int maxAgeDays,
        String caution,
        boolean present) {

    /** Days since it was made; empty when that is not known. */
    public OptionalLong ageDays(InstantSource clock) {
        return date == null
                ? OptionalLong.empty()
                : OptionalLong.of(ChronoUnit.DAYS.between(date, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
    }

    /** Whether it is older than it may be. */
    public boolean isOld(InstantSource clock) {
        return ageDays(clock).orElse(0) > maxAgeDays;
    }

    /** That it is older than it may be, in one sentence; empty when it is not. */
    public Optional<String> ageing(InstantSource clock) {
        return present && isOld(clock)
                ? Optional.of(label() + " is " + ageDays(clock).orElseThrow() + " days old, more than the " + maxAgeDays
                        + " it may be")
                : Optional.empty();
    }

    /** Name, edition and date in one line, as evidence prints it. */
    public String label() {
        return id + " " + edition + (date == null ? "" : " of " + date);
    }
}
