package observatory.jobs.sink;

import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;

/**
 * When the next request may go: batches are always full, a fixed number of them is on its way, and none while the server
 * is left to recover. The adaptive strategy that Flink brings shrinks batches at every 429 until each holds one document
 * and never gets well again.
 */
final class Pace implements RateLimitingStrategy {

    private final int mostInFlight;
    private final int batch;
    private int inFlight;
    private boolean resting;

    Pace(int mostInFlight, int batch) {
        this.mostInFlight = mostInFlight;
        this.batch = batch;
    }

    void rest() {
        resting = true;
    }

    void resume() {
        resting = false;
    }

    boolean isResting() {
        return resting;
    }

    @Override
    public void registerInFlightRequest(RequestInfo request) {
        inFlight++;
    }

    @Override
    public void registerCompletedRequest(ResultInfo result) {
        inFlight--;
    }

    @Override
    public boolean shouldBlock(RequestInfo request) {
        return resting || inFlight >= mostInFlight;
    }

    @Override
    public int getMaxBatchSize() {
        return batch;
    }
}
