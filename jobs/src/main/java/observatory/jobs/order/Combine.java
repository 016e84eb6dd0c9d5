package observatory.jobs.order;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Combines records of equal key before they are shuffled, which saves most of the shuffle. It holds no state: all is
 * flushed before a checkpoint barrier, when the watermark enters a new step, when too many keys wait, and at the end.
 * Between flushes the watermark is held back with the records, so that none becomes late.
 */
public final class Combine<T> extends AbstractStreamOperator<T>
        implements OneInputStreamOperator<T, T>, BoundedOneInput {
    private static final long serialVersionUID = 1;
    private static final int KEY_LIMIT = 20_000;

    private final KeySelector<T, ?> key;
    private final ReduceFunction<T> merge;
    private final long stepMillis;
    private transient Map<Object, T> waiting = new LinkedHashMap<>();
    private long released = Long.MIN_VALUE;

    /**
     * @param key records of equal key are combined; the key needs equals and hashCode
     * @param merge commutative and associative
     * @param stepMillis how far event time may run before a flush
     */
    public Combine(KeySelector<T, ?> key, ReduceFunction<T> merge, long stepMillis) {
        this.key = key;
        this.merge = merge;
        this.stepMillis = stepMillis;
    }

    @Override
    public void open() throws Exception {
        super.open();
        waiting = new LinkedHashMap<>();
    }

    @Override
    public void processElement(StreamRecord<T> element) throws Exception {
        T value = element.getValue();
        Object group = key.getKey(value);
        T earlier = waiting.get(group);
        waiting.put(group, earlier == null ? value : merge.reduce(earlier, value));
        if (waiting.size() >= KEY_LIMIT) {
            flush();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        long time = mark.getTimestamp();
        if (time == Long.MAX_VALUE
                || released == Long.MIN_VALUE
                || Math.floorDiv(time, stepMillis) > Math.floorDiv(released, stepMillis)) {
            flush();
            released = time;
            super.processWatermark(mark);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void endInput() {
        flush();
    }

    private void flush() {
        for (T value : waiting.values()) {
            output.collect(new StreamRecord<>(value));
        }
        waiting.clear();
    }
}
