package observatory.jobs.order;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Runs a keyed function whose results are older than the watermark that released them, and tells downstream a watermark
 * that is earlier by as much, so that none of them is late there.
 */
public final class DelayedWatermark<IN, OUT> extends KeyedProcessOperator<String, IN, OUT> {
    private static final long serialVersionUID = 1;

    private final long delayMillis;

    /**
     * @param function the function
     * @param delayMillis the greatest age of a result at the moment of its release
     */
    public DelayedWatermark(KeyedProcessFunction<String, IN, OUT> function, long delayMillis) {
        super(function);
        this.delayMillis = delayMillis;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        getTimeServiceManager().orElseThrow().advanceWatermark(mark);
        output.emitWatermark(
                mark.getTimestamp() == Long.MAX_VALUE ? mark : new Watermark(mark.getTimestamp() - delayMillis));
    }
}
