package observatory.jobs.finding.cohort;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import observatory.jobs.finding.Outliers;

/**
 * What is expected of a device: what its likes do. Pure rules. Few of a cohort are outliers when they keep at it, nobody
 * has joined them for days, and the cohort has known the endpoint for longer than a roll-out takes. Where half of the
 * cohort's devices of a site do the same, it is an affair of that site.
 *
 * @param outliers how few, of how many
 */
record Expectation(Outliers outliers) implements Serializable {
    static final long DAY_MILLIS = 86_400_000L;

    /** A cohort is who was seen, and who did what, in this time: longer than holidays. */
    static final long MEMORY_MILLIS = 30 * DAY_MILLIS;

    /** The cohort has known the endpoint for so long; a roll-out or a new endpoint has not. */
    static final long SETTLED_MILLIS = 6 * DAY_MILLIS;

    /** Nobody has joined for so long; while somebody does, it spreads. */
    static final long QUIET_MILLIS = 3 * DAY_MILLIS;

    /** Contact on so many days is a habit, on fewer an incident. */
    static final int HABIT_DAYS = 3;

    /** Who has stopped for so long is no outlier any more. */
    static final long STOPPED_MILLIS = 7 * DAY_MILLIS;

    static long dayOf(long millis) {
        return Math.floorDiv(millis, DAY_MILLIS);
    }

    /** Devices of a cohort per site, in the order of their names. */
    static Map<String, Integer> perSite(Iterable<Member> members) {
        Map<String, Integer> sites = new TreeMap<>();
        members.forEach(member -> sites.merge(member.site(), 1, Integer::sum));
        return sites;
    }

    /**
     * The devices that are outliers at the end of a day; empty when there are none.
     *
     * @param perSite the cohort's devices per site
     */
    List<Talker> of(Talk talk, Map<String, Integer> perSite, long now) {
        int cohort = perSite.values().stream().mapToInt(Integer::intValue).sum();
        boolean isSettled = now - talk.firstMillis() >= SETTLED_MILLIS && now - talk.joinedMillis() >= QUIET_MILLIS;
        if (talk.isOrdinary() || cohort < outliers.leastDevices() || !isSettled) {
            return List.of();
        }
        Map<String, Integer> talking = new TreeMap<>();
        talk.talkers().forEach(talker -> talking.merge(talker.device().site(), 1, Integer::sum));
        List<Talker> elsewhere = new ArrayList<>();
        for (Talker talker : talk.talkers()) {
            String site = talker.device().site();
            int ofSite = Math.max(perSite.getOrDefault(site, 0), talking.getOrDefault(site, 0));
            boolean isAffairOfSite = perSite.size() > 1 && talking.getOrDefault(site, 0) * 2 >= ofSite;
            if (!isAffairOfSite) {
                elsewhere.add(talker);
            }
        }
        boolean areFew = elsewhere.size() * 100L <= (long) cohort * outliers.mostPercent();
        boolean isHabit = elsewhere.stream()
                .anyMatch(talker -> talker.days() >= HABIT_DAYS && now - talker.lastMillis() < STOPPED_MILLIS);
        return areFew && isHabit ? elsewhere : List.of();
    }
}
