package observatory.jobs.attribute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import observatory.ingest.observation.FlowObservation;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a device's connections to join what belongs together: halves that wait for their other half, and
 * whose word is taken for a connection that several exporters tell. Keyed state of the operator that owns it.
 */
final class FlowJoin {
    private static final Comparator<WaitingHalf> ORDER = Comparator.comparingLong(
                    (WaitingHalf half) -> half.flow().endNanos())
            .thenComparing(half -> half.flow().toString())
            .thenComparingLong(WaitingHalf::record);

    private final MapState<String, WaitingHalf> halves;
    private final MapState<String, Witness> witnesses;

    FlowJoin(RuntimeContext context) {
        halves = context.getMapState(new MapStateDescriptor<>("halves", Types.STRING, Types.POJO(WaitingHalf.class)));
        witnesses = context.getMapState(new MapStateDescriptor<>("witnesses", Types.STRING, Types.POJO(Witness.class)));
    }

    /** Whether the word of another exporter is taken for this connection; if not, this one's is from now on. */
    boolean isToldByAnother(FlowObservation flow) throws Exception {
        String connection = connectionOf(flow);
        Witness witness = witnesses.get(connection);
        if (witness != null && witness.coversFlowOf(flow.sensor(), flow.startNanos())) {
            return true;
        }
        boolean isSame = witness != null && witness.sensor().equals(flow.sensor());
        witnesses.put(
                connection, isSame ? witness.until(flow.endNanos()) : new Witness(flow.sensor(), flow.endNanos()));
        return false;
    }

    /** The half that waits for this one; it waits no longer. */
    @Nullable
    WaitingHalf counterpart(FlowObservation flow) throws Exception {
        String key = keyOf(flow);
        WaitingHalf waiting = halves.get(key);
        if (waiting == null || !Halves.belong(waiting.flow(), flow)) {
            return null;
        }
        halves.remove(key);
        return waiting;
    }

    /** Lets a half wait; returns the one of the same connection and direction that waited before, which goes on alone. */
    @Nullable
    WaitingHalf await(WaitingHalf half) throws Exception {
        String key = keyOf(half.flow());
        WaitingHalf before = halves.get(key);
        halves.put(key, half);
        return before;
    }

    /** The halves that have waited long enough, in an order that no run changes; they are forgotten. */
    List<WaitingHalf> due(long timeMillis) throws Exception {
        if (halves.isEmpty()) {
            return List.of();
        }
        List<WaitingHalf> due = new ArrayList<>();
        for (WaitingHalf half : halves.values()) {
            if (half.dueMillis() <= timeMillis) {
                due.add(half);
            }
        }
        for (WaitingHalf half : due) {
            halves.remove(keyOf(half.flow()));
        }
        due.sort(ORDER);
        return due;
    }

    /** Forgets whose word was taken for connections that have ended; tells whether some are left. */
    boolean forgetWitnesses(long nowMillis) throws Exception {
        long before = nowMillis * 1_000_000 - Witness.PAUSE_NANOS;
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Witness> entry : witnesses.entries()) {
            if (entry.getValue().endNanos() < before) {
                gone.add(entry.getKey());
            }
        }
        for (String connection : gone) {
            witnesses.remove(connection);
        }
        return !witnesses.isEmpty();
    }

    private static String keyOf(FlowObservation flow) {
        return flow.sensor() + "|" + flow.observerType() + "|" + connectionOf(flow);
    }

    private static String connectionOf(FlowObservation flow) {
        return flow.source() + "|" + flow.sourcePort() + "|" + flow.destination() + "|" + flow.destinationPort() + "|"
                + flow.protocol();
    }
}
