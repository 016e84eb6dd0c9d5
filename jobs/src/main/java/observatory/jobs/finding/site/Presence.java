package observatory.jobs.finding.site;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * When a device was heard of, hour by hour, and from when on it is silent: pure rules. It is silent when it was quiet for
 * twice its longest usual pause, and for four hours at least; pauses in which its sensors were silent do not count.
 *
 * @param device the device as last heard of
 * @param firstMillis end of the first hour
 * @param lastMillis end of the latest hour
 * @param last the document that holds its latest flow
 * @param pauses its longest pauses in hours, longest first; at most {@link #LONGEST}
 * @param pauseTimes when each ended
 * @param silence the silence that is told; null when it is not silent
 */
public record Presence(
        Device device,
        long firstMillis,
        long lastMillis,
        Evidence last,
        List<Long> pauses,
        List<Long> pauseTimes,
        @Nullable Finding silence) {

    /** No shorter pause is silence. */
    static final long LEAST_HOURS = 4;
    /** A device that is silent for so long is retired. */
    static final long RETIRED_HOURS = 30 * 24;

    static final int LONGEST = 4;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long MEMORY_MILLIS = 28L * 24 * HOUR_MILLIS;

    public Presence {
        pauses = List.copyOf(pauses);
        pauseTimes = List.copyOf(pauseTimes);
    }

    /** Heard of for the first time. */
    static Presence first(Device device, Evidence last, long hourEndMillis) {
        return new Presence(device, hourEndMillis, hourEndMillis, last, List.of(), List.of(), null);
    }

    /**
     * Heard of again.
     *
     * @param excusedHours hours since the last time in which the sensors were silent
     */
    Presence heard(Device now, Evidence latest, long hourEndMillis, long excusedHours) {
        long pause = (hourEndMillis - lastMillis) / HOUR_MILLIS - 1 - excusedHours;
        if (pause <= 0 || silence != null) {
            return new Presence(
                    now, firstMillis, Math.max(lastMillis, hourEndMillis), latest, pauses, pauseTimes, null);
        }
        List<Long> longest = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < pauses.size(); i++) {
            if (hourEndMillis - pauseTimes.get(i) <= MEMORY_MILLIS) {
                longest.add(pauses.get(i));
                times.add(pauseTimes.get(i));
            }
        }
        int at = Collections.binarySearch(longest, pause, Collections.reverseOrder());
        int place = at >= 0 ? at : -at - 1;
        longest.add(place, pause);
        times.add(place, hourEndMillis);
        boolean tooMany = longest.size() > LONGEST;
        return new Presence(
                now,
                firstMillis,
                hourEndMillis,
                latest,
                tooMany ? longest.subList(0, LONGEST) : longest,
                tooMany ? times.subList(0, LONGEST) : times,
                null);
    }

    /** Whole hours since it was heard of. */
    long quietHours(long nowMillis) {
        return Math.max(0, (nowMillis - lastMillis) / HOUR_MILLIS);
    }

    /** So many hours are more than its usual pause. */
    long patienceHours() {
        return Math.max(LEAST_HOURS, pauses.isEmpty() ? 0 : 2 * pauses.getFirst() + 1);
    }

    /** The same with its silence told. */
    Presence silent(long nowMillis) {
        Finding.Draft draft = silence == null ? begun() : silence.draft();
        long hours = quietHours(nowMillis);
        long told = silence == null ? 0 : silence.count();
        Finding longer = draft.facts(List.of(
                        "Not heard of for " + hours + " hours; its longest usual pause is "
                                + (pauses.isEmpty() ? 0 : pauses.getFirst()) + " hours.",
                        "Most other devices of the site were heard of, and so were its sensors."))
                .between(lastMillis + 1, nowMillis)
                .more(Math.max(1, hours - told), 0, 0)
                .end();
        return new Presence(device, firstMillis, lastMillis, last, pauses, pauseTimes, longer);
    }

    private Finding.Draft begun() {
        return Finding.of(Kind.SILENT_DEVICE, device, device.key() + "|" + (lastMillis + 1))
                .severity(
                        Severity.LOW,
                        "A phone that is off leaks nothing, but one that was moved out of sight is not watched any more.")
                .headline(Finding.WHO + " is not heard of any more")
                .evidence(last)
                .missing(List.of("Whether it is switched off, or sends where no sensor looks."));
    }

    /** The end of its silence, in words. */
    static Finding ended(Finding silence, String how) {
        return silence.draft()
                .facts(List.of(silence.facts().getFirst(), how))
                .closed()
                .end();
    }
}
