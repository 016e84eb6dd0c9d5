package observatory.jobs.finding;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * An operator that is keyed by a string and makes findings, alone. Its events carry their own time.
 *
 * @param <T> event
 */
public final class Harness<T> extends KeyedOneInputStreamOperatorTestHarness<String, T, Finding> {
    public Harness(KeyedProcessFunction<String, T, Finding> function, KeySelector<T, String> key) throws Exception {
        super(new KeyedProcessOperator<>(function), key, Types.STRING);
    }

    /** The same, begun. */
    public static <T> Harness<T> started(KeyedProcessFunction<String, T, Finding> function, KeySelector<T, String> key)
            throws Exception {
        Harness<T> harness = new Harness<>(function, key);
        harness.open();
        return harness;
    }

    /** Hands in events. */
    public Harness<T> take(Collection<T> events) throws Exception {
        for (T event : events) {
            processElement(event, 0);
        }
        return this;
    }

    /** What was found until a time. */
    public List<Finding> until(long millis) throws Exception {
        processWatermark(millis);
        return extractOutputValues();
    }

    /** What went out beside. */
    public <S> List<S> side(OutputTag<S> tag) {
        Queue<StreamRecord<S>> records = getSideOutput(tag);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    /** Whether nothing is remembered, and nothing will wake up. */
    public boolean isEmpty() {
        return numKeyedStateEntries() == 0 && numEventTimeTimers() == 0;
    }
}
