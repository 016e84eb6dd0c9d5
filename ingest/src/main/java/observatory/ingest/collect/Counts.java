package observatory.ingest.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import observatory.ingest.status.CollectorStatus;

/** Counts what came in, per listener and sensor, until it is reported. Safe for all threads. */
final class Counts {
    /**
     * More senders than this are counted as one: datagrams with forged source addresses must not fill memory. Their
     * datagrams are kept all the same.
     */
    static final int MOST_SENSORS = 10_000;

    static final String OTHERS = "others";

    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    private record Key(String listener, String sensor, String site) {}

    /** Counts of one sensor at one listener; only ever grow. */
    static final class Counter {
        final LongAdder received = new LongAdder();
        final LongAdder bytes = new LongAdder();
        final LongAdder queueDrops = new LongAdder();
        final LongAdder kernelDrops = new LongAdder();
        private long reportedReceived;
        private long reportedBytes;
        private long reportedQueueDrops;
        private long reportedKernelDrops;

        void count(long messages, long length) {
            received.add(messages);
            bytes.add(length);
        }
    }

    Counter of(String listener, String sensor, String site) {
        Key key = new Key(listener, sensor, site);
        Counter counter = counters.get(key);
        if (counter != null) {
            return counter;
        }
        Key known = counters.size() < MOST_SENSORS ? key : new Key(listener, OTHERS, OTHERS);
        return counters.computeIfAbsent(known, any -> new Counter());
    }

    /** What was counted since the last report; nothing of sensors that were quiet. One thread reports. */
    List<CollectorStatus> report(String collector, long fromNanos, long untilNanos) {
        List<CollectorStatus> statuses = new ArrayList<>();
        counters.forEach((key, counter) -> {
            long received = counter.received.sum();
            long bytes = counter.bytes.sum();
            long queueDrops = counter.queueDrops.sum();
            long kernelDrops = counter.kernelDrops.sum();
            CollectorStatus status = new CollectorStatus(
                    collector,
                    key.listener(),
                    key.sensor(),
                    key.site(),
                    fromNanos,
                    untilNanos,
                    received - counter.reportedReceived,
                    bytes - counter.reportedBytes,
                    queueDrops - counter.reportedQueueDrops,
                    kernelDrops - counter.reportedKernelDrops);
            if (status.received() + status.queueDrops() + status.kernelDrops() > 0) {
                statuses.add(status);
            }
            counter.reportedReceived = received;
            counter.reportedBytes = bytes;
            counter.reportedQueueDrops = queueDrops;
            counter.reportedKernelDrops = kernelDrops;
        });
        return statuses;
    }

    /** All counts since the start: received, bytes, queue drops, kernel drops. */
    Totals totals() {
        Totals totals = new Totals(0, 0, 0, 0);
        for (Counter counter : counters.values()) {
            totals = new Totals(
                    totals.received() + counter.received.sum(),
                    totals.bytes() + counter.bytes.sum(),
                    totals.queueDrops() + counter.queueDrops.sum(),
                    totals.kernelDrops() + counter.kernelDrops.sum());
        }
        return totals;
    }

    /** Sums over all listeners and sensors. */
    public record Totals(long received, long bytes, long queueDrops, long kernelDrops) {}
}
