package observatory.ingest.status;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.text.JsonLines;
import observatory.ingest.text.Outcomes;
import observatory.ingest.text.Slice;
import org.jspecify.annotations.Nullable;

/** Reads {@link CollectorStatus} lines; what was dropped in the queue and in the kernel is dropped alike. */
public final class CollectorStatusDecoder implements Decoder, JsonLines.RecordReader {
    private static final String COLLECTOR = "collector";

    private final Slice slice = new Slice();
    private final JsonLines.Scratch scratch = new JsonLines.Scratch();
    private @Nullable String sensor;
    private @Nullable String site;
    private long from;
    private long received;
    private long queueDrops;
    private long kernelDrops;

    @Override
    public Decoded decode(RawMessage message) {
        return JsonLines.decode(message, this);
    }

    @Override
    public void read(JsonParser json) throws IOException {
        sensor = null;
        site = null;
        from = Slice.INVALID;
        received = 0;
        queueDrops = 0;
        kernelDrops = 0;
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (!JsonLines.isScalar(value)) {
                json.skipChildren();
                continue;
            }
            switch (key) {
                case "sensor" -> sensor = json.getText();
                case "site" -> site = json.getText();
                case "from" -> from = count(json);
                case "received" -> received = count(json);
                case "queue_drops" -> queueDrops = count(json);
                case "kernel_drops" -> kernelDrops = count(json);
                default -> {
                    // For people: which collector and listener, until when, how many bytes.
                }
            }
        }
    }

    @Override
    public void finish(Outcomes outcomes) {
        if (sensor == null || sensor.isEmpty()) {
            outcomes.reject(Reason.MISSING_FIELD, "a collector status without sensor");
        } else if (isInvalid(from) || isInvalid(received) || isInvalid(queueDrops) || isInvalid(kernelDrops)) {
            outcomes.reject(Reason.BAD_VALUE, "a collector status with a count or a time that is none");
        } else {
            String watched = site == null || site.isEmpty() ? sensor : site;
            long dropped = Math.max(queueDrops + kernelDrops, 0);
            outcomes.observe(new SensorStatus(sensor, watched, COLLECTOR, from, received, dropped));
        }
    }

    private long count(JsonParser json) throws IOException {
        return JsonLines.slice(json, slice, scratch).count();
    }

    private static boolean isInvalid(long count) {
        return count == Slice.INVALID;
    }
}
