package observatory.jobs.finding.novelty;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import observatory.geo.place.Place;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.novelty.Seen.Scope;
import observatory.jobs.finding.novelty.SubjectMemory.Memory;
import observatory.jobs.rollup.Rollup;
import org.jspecify.annotations.Nullable;

/**
 * When contact is news: pure rules. Contact is news to the widest scope that never had it, when site and device are past
 * their learning periods; there is one finding per cause, and whoever follows while the news still spreads joins it. A
 * device whose likes do the same is not news. An endpoint that a whole site or the fleet had left alone for long is told
 * when it comes back.
 *
 * @param learningMillis how long a device, and a site, is watched before what is new to it is told; also how long after
 *     its last follower news stops spreading
 * @param dormancyMillis after how long without contact an endpoint is dormant
 */
public record Novelty(long learningMillis, long dormancyMillis) implements Serializable {
    static final long DAY_MILLIS = 86_400_000L;

    /** A site that is not heard of for longer was not watched meanwhile, so nothing can be said to have slept. */
    static final long GAP_MILLIS = 3 * DAY_MILLIS;

    /** What a day brought is complete this long after it, since all of it is handed on at its end. */
    static final long SETTLED_MILLIS = 60_000;

    /** When so many devices of a cohort do something, one more of them is no news. */
    static final long ORDINARY_DEVICES = 5;

    /** Scopes wider than a device, widest first. */
    static final List<Scope> WIDE = List.of(Scope.FLEET, Scope.SITE, Scope.COHORT);

    private static final long HOUR_MILLIS = 3_600_000L;

    public Novelty {
        if (learningMillis < 0 || dormancyMillis < DAY_MILLIS) {
            throw new IllegalArgumentException("learning is not negative, and dormancy at least a day");
        }
    }

    /** The rules with these periods. */
    public static Novelty of(Duration learning, Duration dormancy) {
        return new Novelty(learning.toMillis(), dormancy.toMillis());
    }

    /** The finding that a contact makes, given what was known before it; null when it is no news. */
    @Nullable
    Finding judge(Encounter encounter, Memory known) {
        Scope back = dormantScope(encounter, known);
        if (back != null) {
            return NewsText.dormant(back, encounter, slept(back, known));
        }
        Scope scope = newScope(encounter, known);
        return scope == null ? null : NewsText.news(scope, encounter);
    }

    /** The widest scope to which a contact is news; null when it is none. */
    private @Nullable Scope newScope(Encounter encounter, Memory known) {
        if (!canBeNews(encounter)) {
            return null;
        }
        if (known.fleet() == null) {
            return Scope.FLEET;
        }
        if (known.site() == null) {
            return Scope.SITE;
        }
        boolean isToldByEndpoint = encounter.subject().kind() != Subject.Kind.ENDPOINT && encounter.endpointIsNew();
        if (!encounter.isNew() || isToldByEndpoint || !isPast(encounter.deviceSinceMillis(), encounter)) {
            return null;
        }
        boolean hasCohort = !encounter.visit().device().cohort().isEmpty();
        if (hasCohort && known.cohort() == null) {
            return Scope.COHORT;
        }
        Seen likes = hasCohort ? known.cohort() : known.site();
        return likes == null || likes.devices() < ORDINARY_DEVICES ? Scope.DEVICE : null;
    }

    private boolean canBeNews(Encounter encounter) {
        boolean isUnnamedClock = encounter.destination().registrableDomain() == null
                && encounter.visit().isClock();
        boolean isPoolMember =
                encounter.subject().kind() == Subject.Kind.ENDPOINT && Subject.isPooled(encounter.destination());
        return encounter.destination().placeState() != Place.State.LOCAL
                && !isUnnamedClock
                && !encounter.namesMissing()
                && !isPoolMember
                && isPast(encounter.siteSinceMillis(), encounter);
    }

    private boolean isPast(long sinceMillis, Encounter encounter) {
        return encounter.firstMillis() - sinceMillis >= learningMillis;
    }

    /** The widest scope that meets an endpoint again after long; only where it would have been noticed in between. */
    private @Nullable Scope dormantScope(Encounter encounter, Memory known) {
        boolean isWatched = encounter.firstMillis() - encounter.siteUnbrokenMillis() >= dormancyMillis;
        if (encounter.subject().kind() != Subject.Kind.ENDPOINT || !isWatched || !canBeNews(encounter)) {
            return null;
        }
        if (isDormant(known.fleet(), encounter)) {
            return Scope.FLEET;
        }
        return isDormant(known.site(), encounter) ? Scope.SITE : null;
    }

    private boolean isDormant(@Nullable Seen known, Encounter encounter) {
        return known != null && encounter.firstMillis() - known.lastMillis() >= dormancyMillis;
    }

    private static long slept(Scope scope, Memory known) {
        Seen before = scope == Scope.FLEET ? known.fleet() : known.site();
        return before == null ? 0 : before.lastMillis();
    }

    /** Whether news can still be joined at a time. */
    boolean isSpreading(News news, long nowMillis) {
        return nowMillis - news.spreadMillis() < learningMillis;
    }

    /** News with one more contact. */
    static News joined(News news, Encounter encounter) {
        Rollup visit = encounter.visit();
        Finding finding = news.finding()
                .draft()
                .between(visit.firstStartMillis(), visit.lastEndMillis())
                .more(visit.flows(), visit.bytesOut(), visit.bytesIn())
                .devices(news.finding().devices() + (encounter.isNew() ? 1 : 0))
                .evidence(Evidence.of(visit))
                .end();
        long spread = encounter.isNew() ? Math.max(news.spreadMillis(), visit.firstStartMillis()) : news.spreadMillis();
        return new News(finding, spread, true);
    }

    /** How long what is not met again is remembered: as long as it could come back from dormancy, and as long again. */
    long memoryMillis() {
        return 2 * dormancyMillis;
    }

    /** When something last met at a time is forgotten: at the end of a day. */
    long forgetAt(long lastMillis) {
        return nextDay(lastMillis + memoryMillis());
    }

    /** Whether a timer can be one that forgets; others do not fall on the end of a day. */
    boolean isForgetting(long timerMillis) {
        return timerMillis % DAY_MILLIS == 0;
    }

    /** The end of the day that holds a time. */
    static long nextDay(long millis) {
        return (Math.floorDiv(millis, DAY_MILLIS) + 1) * DAY_MILLIS;
    }

    /** The end of the hour that holds a time. */
    static long nextHour(long millis) {
        return (Math.floorDiv(millis, HOUR_MILLIS) + 1) * HOUR_MILLIS;
    }

    /** Key of the one of a scope's kind that a device belongs to; null when it belongs to none. */
    static @Nullable String scopeKey(Scope scope, Device device) {
        String id = scopeId(scope, device);
        return id.isEmpty() ? null : scopeKey(scope, id);
    }

    static String scopeKey(Scope scope, String id) {
        return scope.name() + "|" + id;
    }

    /** Which one of a scope's kind a device belongs to; empty when it belongs to none. */
    static String scopeId(Scope scope, Device device) {
        return switch (scope) {
            case FLEET -> "fleet";
            case SITE -> device.site();
            case COHORT -> device.cohort();
            case DEVICE -> device.key();
        };
    }

    /** How a finding names a scope. */
    static String label(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    /** The scope of a finding. */
    static Scope scopeOf(Finding finding) {
        return Scope.valueOf(finding.scope().toUpperCase(Locale.ROOT));
    }
}
