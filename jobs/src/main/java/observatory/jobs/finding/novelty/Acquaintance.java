package observatory.jobs.finding.novelty;

import java.util.ArrayList;
import java.util.List;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.novelty.Seen.Scope;
import observatory.jobs.rollup.Rollup;

/**
 * That a device and a subject met. There are millions of these, so it holds numbers and nothing that each contact tells
 * anew.
 *
 * @param firstMillis first contact
 * @param lastMillis latest contact
 * @param flows number of flows
 * @param bytesOut bytes from the device
 * @param bytesIn bytes to the device
 * @param countedIn keys of the scopes whose devices it is counted among; at most {@link #COUNTED_LIMIT}
 */
public record Acquaintance(
        long firstMillis, long lastMillis, long flows, long bytesOut, long bytesIn, List<String> countedIn) {
    /** A device that changes site and firmware more often than this is no longer counted in what it changes to. */
    static final int COUNTED_LIMIT = 12;

    public Acquaintance {
        countedIn = List.copyOf(countedIn);
    }

    static Acquaintance made(Rollup visit, List<String> countedIn) {
        return new Acquaintance(
                visit.firstStartMillis(),
                visit.lastEndMillis(),
                visit.flows(),
                visit.bytesOut(),
                visit.bytesIn(),
                countedIn);
    }

    Acquaintance and(Rollup visit, List<String> newIn) {
        List<String> counted = countedIn;
        if (!newIn.isEmpty()) {
            counted = new ArrayList<>(countedIn);
            counted.addAll(newIn);
        }
        return new Acquaintance(
                Math.min(firstMillis, visit.firstStartMillis()),
                Math.max(lastMillis, visit.lastEndMillis()),
                flows + visit.flows(),
                bytesOut + visit.bytesOut(),
                bytesIn + visit.bytesIn(),
                counted);
    }

    boolean isCountedIn(String scope) {
        return countedIn.contains(scope) || countedIn.size() >= COUNTED_LIMIT;
    }

    /** What is told of it. */
    Seen seen(Rollup visit) {
        Device device = visit.device();
        return new Seen(
                Scope.DEVICE,
                device.key(),
                firstMillis,
                lastMillis,
                flows,
                bytesOut,
                bytesIn,
                1,
                visit.destination(),
                device,
                true);
    }
}
