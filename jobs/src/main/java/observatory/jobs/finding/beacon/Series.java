package observatory.jobs.finding.beacon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import observatory.jobs.finding.beacon.Turn.What;
import org.jspecify.annotations.Nullable;

/**
 * The contacts of one device with one endpoint, and whether they are periodic: pure rules. Pieces of one connection are
 * one contact, and so are contacts within two seconds of each other, and a session that is held for hours over one
 * connection after the other: when its connections end is chance or the server's choice. A series is a beacon once it was regular for long
 * enough; a beacon changes when the change has lasted for half a day, so that an outage and what follows it is none.
 *
 * @param starts the latest starts, oldest first; at most {@link #LATEST}
 * @param sizes bytes out of the same contacts
 * @param contacts number of contacts in all
 * @param firstMillis the first of them, milliseconds since 1970
 * @param connections connections of which more pieces may come, the latest last; at most {@link #CONNECTIONS}
 * @param place where the latest contacts went, empty before the first agreed place
 * @param placeRun how many in a row
 * @param placeSinceMillis since when
 * @param candidate the beacon it may turn out to be, or to have become; null when contacts are not regular
 * @param sizeSinceMillis since when contacts are of another size; 0 when they are not
 * @param beacon the beacon it is known to be; null when it is none
 * @param turn what the latest contact made known; null when nothing
 */
public record Series(
        List<Long> starts,
        List<Long> sizes,
        long contacts,
        long firstMillis,
        List<Connection> connections,
        String place,
        long placeRun,
        long placeSinceMillis,
        @Nullable Candidate candidate,
        long sizeSinceMillis,
        @Nullable Beacon beacon,
        @Nullable Turn turn) {

    /** So many contacts are remembered. */
    static final int LATEST = 64;

    static final int CONNECTIONS = 8;
    /** Nobody was contacted yet. */
    public static final Series EMPTY =
            new Series(List.of(), List.of(), 0, Long.MAX_VALUE, List.of(), "", 0, 0, null, 0, null, null);

    /** A change that has not lasted for so long may be an outage and its consequences. */
    static final long LASTING_MILLIS = 12L * 3_600_000;

    private static final long HOUR = 3_600_000;
    private static final long SAME_MILLIS = 2_000;
    private static final long HELD_MILLIS = 24 * HOUR;
    private static final long PAUSE_MILLIS = 60_000;
    /** A connection of so long holds a session, which the next one may carry on. */
    private static final long SESSION_MILLIS = 600_000;

    private static final int RUN_AMONG_OTHERS = 16;
    private static final double SELDOM = 0.4;
    private static final int SURE = 12;
    private static final int PLACES = 8;
    private static final int ROAMING = 3;
    /** A pause of so many periods, and of an hour at least, is more than missed contacts. */
    private static final int BREAKING = 8;

    private static final long SIZE_DIFFERENCE = 4_096;

    public Series {
        starts = List.copyOf(starts);
        sizes = List.copyOf(sizes);
        connections = List.copyOf(connections);
    }

    /**
     * A connection of which more pieces may come.
     *
     * @param key see {@link Approach#connection}
     * @param startMillis start of its first piece
     * @param endMillis end of its latest piece
     */
    public record Connection(long key, long startMillis, long endMillis) {

        /** Whether an approach follows so closely that it carries the session of this connection on. */
        boolean isCarriedOnBy(Approach approach) {
            long pause = Math.max(0, approach.startMillis() - endMillis);
            long lasted = endMillis - startMillis;
            return approach.startMillis() + SAME_MILLIS >= endMillis
                    && lasted >= SESSION_MILLIS
                    && pause <= PAUSE_MILLIS
                    && approach.endMillis() - approach.startMillis() >= 2 * pause;
        }
    }

    /**
     * A beacon that is not sure yet.
     *
     * @param periodMillis its period
     * @param onsetMillis since when
     * @param isNew whether there was nothing like it before
     * @param amongOthers whether there was other contact before
     */
    public record Candidate(long periodMillis, long onsetMillis, boolean isNew, boolean amongOthers) {}

    /**
     * A beacon.
     *
     * @param periodMillis its period
     * @param size median of the bytes out
     * @param places countries it went to; at most {@link #PLACES}
     */
    public record Beacon(long periodMillis, long size, List<String> places) {
        public Beacon {
            places = List.copyOf(places);
        }

        /** Having been at one more place; where it went once, however short, it may go again. */
        Beacon wasAt(String place) {
            if (place.isEmpty() || places.contains(place)) {
                return this;
            }
            List<String> more = new ArrayList<>(places);
            more.add(place);
            return new Beacon(periodMillis, size, more.size() > PLACES ? more.subList(1, more.size()) : more);
        }
    }

    /** The latest contact, milliseconds since 1970; the least number before the first. */
    public long lastMillis() {
        return starts.isEmpty() ? Long.MIN_VALUE : starts.getLast();
    }

    /** After one more flow. Its turn tells what became known. */
    public Series after(Approach approach, Watched watched) {
        Connection whole = whole(approach);
        if (whole != null) {
            return with(held(whole, approach), null);
        }
        Series next = added(approach);
        return next == this ? this : next.judged(approach, watched);
    }

    /** The connection that an approach is a piece of; null when it is a contact of its own. */
    private @Nullable Connection whole(Approach approach) {
        long patience = approach.holds() ? HELD_MILLIS : PAUSE_MILLIS;
        Connection carriedOn = null;
        for (Connection known : connections) {
            if (known.key() == approach.connection() && approach.startMillis() - known.endMillis() <= patience) {
                return known;
            }
            carriedOn = known.isCarriedOnBy(approach) ? known : carriedOn;
        }
        return carriedOn;
    }

    /** With the connection of an approach, which takes the place of the one whose piece it is or which it carries on. */
    private List<Connection> held(@Nullable Connection whole, Approach approach) {
        List<Connection> latest = new ArrayList<>(connections);
        latest.removeIf(known -> known.equals(whole) || known.key() == approach.connection());
        long start = approach.startMillis();
        long end = approach.endMillis();
        if (whole != null && whole.key() == approach.connection()) {
            start = Math.min(start, whole.startMillis());
            end = Math.max(end, whole.endMillis());
        }
        latest.add(new Connection(approach.connection(), start, end));
        return latest.size() > CONNECTIONS ? latest.subList(1, latest.size()) : latest;
    }

    /** A flow is told at its end, so that a long one may have begun before others that are known already. */
    private Series added(Approach approach) {
        long start = approach.startMillis();
        int found = Collections.binarySearch(starts, start);
        int at = found >= 0 ? found : -found - 1;
        int same = at < starts.size() && starts.get(at) - start <= SAME_MILLIS
                ? at
                : at > 0 && start - starts.get(at - 1) <= SAME_MILLIS ? at - 1 : -1;
        List<Long> bytes = new ArrayList<>(sizes);
        if (same >= 0) {
            bytes.set(same, bytes.get(same) + approach.bytesOut());
            return new Series(
                    starts,
                    bytes,
                    contacts,
                    firstMillis,
                    held(null, approach),
                    place,
                    placeRun,
                    placeSinceMillis,
                    candidate,
                    sizeSinceMillis,
                    beacon,
                    null);
        }
        boolean isFull = starts.size() == LATEST;
        if (isFull && at == 0) {
            return this;
        }
        List<Long> times = new ArrayList<>(starts);
        times.add(at, start);
        bytes.add(at, approach.bytesOut());
        if (isFull) {
            times.removeFirst();
            bytes.removeFirst();
        }
        boolean counts = !approach.place().isEmpty();
        boolean stays = approach.place().equals(place);
        return new Series(
                times,
                bytes,
                contacts + 1,
                Math.min(firstMillis, start),
                held(null, approach),
                counts ? approach.place() : place,
                counts ? (stays ? placeRun + 1 : 1) : placeRun,
                counts && !stays ? start : placeSinceMillis,
                candidate,
                sizeSinceMillis,
                counts && !stays && beacon != null ? beacon.wasAt(place) : beacon,
                null);
    }

    private Series judged(Approach approach, Watched watched) {
        int intervals = starts.size() - 1;
        boolean isDue = starts.size() < LATEST || contacts % 4 == 0;
        if (intervals < 5 || !isDue) {
            return this;
        }
        int enough = Regularity.enough((starts.getLast() - starts.get(starts.size() - 6)) / 5);
        Regularity regularity = Regularity.of(starts, enough);
        if (regularity != null && Regularity.enough(regularity.periodMillis()) > enough) {
            // A pause made the intervals look longer than they are.
            enough = Regularity.enough(regularity.periodMillis());
            regularity = Regularity.of(starts, enough);
        }
        if (regularity == null) {
            return this;
        }
        Candidate likely = regularity.isRegular() ? candidate(regularity, enough, watched) : null;
        return beacon == null
                ? begun(likely, regularity, enough, approach, watched)
                : changed(beacon, likely, regularity, enough, approach, watched);
    }

    private @Nullable Candidate candidate(Regularity regularity, int enough, Watched watched) {
        long period = regularity.periodMillis();
        Candidate before = candidate != null && isAlike(candidate.periodMillis(), period) ? candidate : null;
        int broken = lastBreak(period);
        if (before != null && (broken < 0 || starts.get(broken) <= before.onsetMillis())) {
            return before;
        }
        int first = Math.max(Math.max(broken, 0), firstOfRun(period, enough));
        long onset = starts.get(first);
        boolean amongOthers = first > 0 || contacts > starts.size();
        boolean isFirst = watched.knows(firstMillis, period);
        boolean isNew = before != null ? before.isNew() : isFirst || isNewAfterAll(first, period, enough);
        if (before == null && isNew && !isFirst && !isRegular(SURE)) {
            return null;
        }
        return new Candidate(period, onset, isNew, amongOthers);
    }

    /** Where contact comes by chance, a few intervals may be even by chance as well, so that more are asked for. */
    private boolean isRegular(int intervals) {
        Regularity regularity = Regularity.of(starts, intervals);
        return regularity != null && regularity.isRegular();
    }

    /** Whether there was other contact before for so long that the same, had it been there, would have shown. */
    private boolean isNewAfterAll(int first, long period, int enough) {
        return starts.get(first) - firstMillis >= 2 * enough * period
                && nearShare(first, period) < SELDOM
                && !Regularity.isTimetable(starts.subList(0, first + 1));
    }

    /** Index of the first contact after the latest pause that no beacon makes; negative when there is none. */
    private int lastBreak(long period) {
        long most = Math.max(BREAKING * period, HOUR);
        for (int i = starts.size() - 1; i > 0; i--) {
            if (starts.get(i) - starts.get(i - 1) > most) {
                return i;
            }
        }
        return -1;
    }

    /** The run ends, seen from now, where two intervals in a row are not one period long. */
    private int firstOfRun(long period, int enough) {
        int first = starts.size() - 1 - enough;
        int misses = 0;
        for (int i = first - 1; i >= 0 && misses < 2; i--) {
            if (Regularity.isNear(starts.get(i + 1) - starts.get(i), period)) {
                first = i;
                misses = 0;
            } else {
                misses++;
            }
        }
        return first;
    }

    private double nearShare(int until, long period) {
        int near = 0;
        for (int i = 0; i < until; i++) {
            near += Regularity.isNear(starts.get(i + 1) - starts.get(i), period) ? 1 : 0;
        }
        return (double) near / until;
    }

    private Series begun(
            @Nullable Candidate likely, Regularity regularity, int enough, Approach approach, Watched watched) {
        if (likely == null) {
            return with(null, 0, null, null);
        }
        long now = starts.getLast();
        boolean isNew = likely.isNew() && watched.knows(likely.onsetMillis(), likely.periodMillis());
        // What begins where there was other contact must show for longer: a phone that tries again all night is no
        // beacon.
        boolean careful = isNew && likely.amongOthers();
        long patience = careful ? LASTING_MILLIS : HOUR;
        long contactsSince =
                starts.stream().filter(start -> start >= likely.onsetMillis()).count();
        boolean isLong = now - likely.onsetMillis() >= patience
                && (!careful || enough < 12 || contactsSince > RUN_AMONG_OTHERS || contactsSince == LATEST);
        if (!isLong) {
            return with(likely, 0, null, null);
        }
        Beacon found =
                new Beacon(likely.periodMillis(), medianSize(enough), place.isEmpty() ? List.of() : List.of(place));
        What what = isNew && !(careful && approach.retimes()) ? What.BEGAN : What.KNOWN;
        return with(
                null, 0, found, turn(what, likely.onsetMillis(), regularity, "", Turn.inWords(found.periodMillis())));
    }

    private Series changed(
            Beacon was,
            @Nullable Candidate likely,
            Regularity regularity,
            int enough,
            Approach approach,
            Watched watched) {
        long now = starts.getLast();
        boolean otherPeriod = likely != null && !isAlike(was.periodMillis(), likely.periodMillis());
        if (otherPeriod
                && likely != null
                && now - likely.onsetMillis() >= LASTING_MILLIS
                && isRegular(Math.max(enough, Math.min(SURE, enough + enough / 2)))) {
            Beacon is = new Beacon(likely.periodMillis(), was.size(), was.places());
            boolean isNews = watched.knows(likely.onsetMillis(), 0) && !approach.retimes();
            Turn turn = isNews
                    ? turn(
                            What.PERIOD,
                            likely.onsetMillis(),
                            regularity,
                            Turn.inWords(was.periodMillis()),
                            Turn.inWords(is.periodMillis()))
                    : null;
            return with(null, sizeSinceMillis, is, turn);
        }
        Candidate pending = otherPeriod ? likely : null;
        boolean otherPlace = !place.isEmpty() && !was.places().contains(place);
        if (otherPlace && placeRun >= enough && now - placeSinceMillis >= LASTING_MILLIS) {
            return moved(was, pending, regularity, watched);
        }
        long size = medianSize(enough);
        if (!isOtherSize(was.size(), size)) {
            return with(pending, 0, was, null);
        }
        long since = sizeSinceMillis == 0 ? starts.get(starts.size() - enough) : sizeSinceMillis;
        if (now - since < LASTING_MILLIS) {
            return with(pending, since, was, null);
        }
        Turn turn = watched.knows(since, 0)
                ? turn(What.SIZE, since, regularity, was.size() + " bytes", size + " bytes")
                : null;
        return with(pending, 0, new Beacon(was.periodMillis(), size, was.places()), turn);
    }

    private Series moved(Beacon was, @Nullable Candidate pending, Regularity regularity, Watched watched) {
        // What goes to many places goes wherever it is sent, and one more is no news.
        boolean isNews = !was.places().isEmpty() && was.places().size() < ROAMING && watched.knows(placeSinceMillis, 0);
        Turn turn =
                isNews ? turn(What.PLACE, placeSinceMillis, regularity, String.join(", ", was.places()), place) : null;
        return with(pending, sizeSinceMillis, was.wasAt(place), turn);
    }

    private static Turn turn(What what, long onset, Regularity regularity, String from, String to) {
        return new Turn(what, onset, regularity.periodMillis(), regularity.score(), from, to);
    }

    private static boolean isAlike(long period, long other) {
        return other > 0.6 * period && other < 1.7 * period;
    }

    private static boolean isOtherSize(long was, long is) {
        return Math.abs(is - was) >= SIZE_DIFFERENCE && (is >= 3 * was || was >= 3 * is);
    }

    private long medianSize(int count) {
        List<Long> latest = new ArrayList<>(sizes.subList(sizes.size() - Math.min(count, sizes.size()), sizes.size()));
        Collections.sort(latest);
        return latest.get(latest.size() / 2);
    }

    private Series with(List<Connection> open, @Nullable Turn news) {
        return new Series(
                starts,
                sizes,
                contacts,
                firstMillis,
                open,
                place,
                placeRun,
                placeSinceMillis,
                candidate,
                sizeSinceMillis,
                beacon,
                news);
    }

    private Series with(@Nullable Candidate likely, long sizeSince, @Nullable Beacon known, @Nullable Turn news) {
        return new Series(
                starts,
                sizes,
                contacts,
                firstMillis,
                connections,
                place,
                placeRun,
                placeSinceMillis,
                likely,
                sizeSince,
                known,
                news);
    }
}
