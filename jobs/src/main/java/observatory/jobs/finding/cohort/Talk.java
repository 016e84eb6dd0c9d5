package observatory.jobs.finding.cohort;

import java.util.ArrayList;
import java.util.List;
import observatory.jobs.attribute.Device;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;

/**
 * Who of a cohort has to do with an endpoint. When more than {@link #TALKER_LIMIT} do, it is ordinary, whoever does not,
 * and nobody is kept.
 *
 * @param destination the endpoint as last seen
 * @param firstMillis first contact of the cohort
 * @param lastMillis latest contact
 * @param joinedMillis when a device last contacted it for the first time
 * @param flows flows since the last evaluation
 * @param bytesOut bytes from devices since then
 * @param bytesIn bytes to devices since then
 * @param isOrdinary whether so many do that nobody is kept
 * @param talkers the devices, in the order of their first contact
 * @param latest latest contact
 */
public record Talk(
        Destination destination,
        long firstMillis,
        long lastMillis,
        long joinedMillis,
        long flows,
        long bytesOut,
        long bytesIn,
        boolean isOrdinary,
        List<Talker> talkers,
        Rollup latest) {
    /** Devices kept per cohort and endpoint; bounds the state of what all phones contact. */
    static final int TALKER_LIMIT = 500;

    public Talk {
        talkers = List.copyOf(talkers);
    }

    static Talk begun(Rollup visit) {
        Talker first = new Talker(visit.device(), visit.firstStartMillis(), visit.lastEndMillis(), 1);
        return new Talk(
                visit.destination(),
                visit.firstStartMillis(),
                visit.lastEndMillis(),
                visit.firstStartMillis(),
                visit.flows(),
                visit.bytesOut(),
                visit.bytesIn(),
                false,
                List.of(first),
                visit);
    }

    /** With one more contact; what comes at the end of a day is of that day and makes no new one. */
    Talk and(Rollup visit) {
        if (isOrdinary) {
            return seenAt(visit);
        }
        List<Talker> after = new ArrayList<>(talkers);
        int known = indexOf(visit.device());
        if (known < 0) {
            after.add(new Talker(visit.device(), visit.firstStartMillis(), visit.lastEndMillis(), 1));
        } else {
            Talker before = after.get(known);
            boolean isNewDay = Expectation.dayOf(visit.firstStartMillis()) > Expectation.dayOf(before.lastMillis());
            after.set(known, before.again(visit.device(), visit.lastEndMillis(), isNewDay));
        }
        boolean tooMany = after.size() > TALKER_LIMIT;
        return new Talk(
                visit.destination(),
                Math.min(firstMillis, visit.firstStartMillis()),
                Math.max(lastMillis, visit.lastEndMillis()),
                known < 0 ? Math.max(joinedMillis, visit.firstStartMillis()) : joinedMillis,
                flows + visit.flows(),
                bytesOut + visit.bytesOut(),
                bytesIn + visit.bytesIn(),
                tooMany,
                tooMany ? List.of() : after,
                visit);
    }

    private Talk seenAt(Rollup visit) {
        return new Talk(
                visit.destination(),
                firstMillis,
                Math.max(lastMillis, visit.lastEndMillis()),
                joinedMillis,
                0,
                0,
                0,
                true,
                List.of(),
                visit);
    }

    /** Counting anew, without those who have not been there since a time. */
    Talk evaluated(long sinceMillis) {
        List<Talker> left = talkers.stream()
                .filter(talker -> talker.lastMillis() >= sinceMillis)
                .toList();
        return new Talk(destination, firstMillis, lastMillis, joinedMillis, 0, 0, 0, isOrdinary, left, latest);
    }

    private int indexOf(Device device) {
        for (int i = 0; i < talkers.size(); i++) {
            if (talkers.get(i).device().key().equals(device.key())) {
                return i;
            }
        }
        return -1;
    }
}
