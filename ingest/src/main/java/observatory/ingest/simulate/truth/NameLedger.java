package observatory.ingest.simulate.truth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Conversation;
import observatory.ingest.simulate.traffic.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * What a perfect reader of the logs could know about the names of a flow: the phone's own DNS answers that are in the
 * logs and were given before the flow started. Entries are settled in the order of time.
 */
final class NameLedger {
    private static final long SECOND = 1_000_000;

    private final PriorityQueue<Entry> waiting = new PriorityQueue<>();
    private final Map<Integer, Map<String, Map<String, Told>>> answers = new HashMap<>();
    private final BiConsumer<Conversation, Known> settled;
    private long taken;

    /**
     * What was known when a flow started.
     *
     * @param state {@code fresh}: exactly one own answer alive, {@code shared}: several, {@code stale}: all are over,
     *     {@code none}: the phone got none for this address
     * @param names the names of those answers, the last given first
     * @param overdue for {@code stale}: microseconds since the last of them was over; else 0
     * @param moved whether one of them was given while the phone had another address
     */
    record Known(String state, List<String> names, long overdue, boolean moved) {
        static final Known NOTHING = new Known("none", List.of(), 0, false);

        Known {
            names = List.copyOf(names);
        }
    }

    /** Until when an answer lives, and the address that the phone had when it was given. */
    private record Told(long until, String device) {}

    private record Entry(long at, long order, Conversation conversation) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** A ledger that tells every flow and what was known of it, in the order in which flows started. */
    NameLedger(BiConsumer<Conversation, Known> settled) {
        this.settled = settled;
    }

    /** Takes a conversation that is in the logs: a flow counts from its start, an answer from when it was given. */
    void take(Conversation conversation) {
        Connection connection = conversation.connection();
        waiting.add(new Entry(connection.start(), taken++, conversation));
        Lookup lookup = conversation.lookup();
        if (lookup != null && lookup.type() != Lookup.Type.SRV) {
            waiting.add(new Entry(connection.start() + lookup.roundTrip(), taken++, conversation));
        }
    }

    /** Settles all before a time; nothing earlier may be taken any more. */
    void settleUntil(long time) {
        Entry first = waiting.peek();
        while (first != null && first.at() < time) {
            waiting.remove();
            Connection connection = first.conversation().connection();
            if (first.at() == connection.start()) {
                settled.accept(first.conversation(), known(first.conversation()));
            } else {
                learn(first.conversation());
            }
            first = waiting.peek();
        }
    }

    private void learn(Conversation conversation) {
        Lookup lookup = conversation.lookup();
        if (lookup == null) {
            return;
        }
        long least =
                lookup.lifetimes().stream().mapToLong(Long::longValue).min().orElse(0);
        long until = conversation.connection().start() + least * SECOND;
        for (String record : lookup.answers()) {
            if (Character.isDigit(record.charAt(record.length() - 1))) {
                Map<String, Told> names = answers.computeIfAbsent(conversation.device(), device -> new HashMap<>())
                        .computeIfAbsent(record, address -> new LinkedHashMap<>());
                names.remove(lookup.question());
                names.put(
                        lookup.question(),
                        new Told(until, conversation.connection().origin()));
            }
        }
    }

    private Known known(Conversation conversation) {
        Connection connection = conversation.connection();
        boolean spokeFirst = Tally.isDevice(connection.origin());
        String device = spokeFirst ? connection.origin() : connection.responder();
        String remote = spokeFirst ? connection.responder() : connection.origin();
        @Nullable Map<String, Map<String, Told>> own = answers.get(conversation.device());
        @Nullable Map<String, Told> told = own == null ? null : own.get(remote);
        if (told == null) {
            return Known.NOTHING;
        }
        Map<String, Told> alive = new LinkedHashMap<>(told);
        alive.values().removeIf(one -> one.until() < connection.start());
        Map<String, Told> best = alive.isEmpty() ? told : alive;
        long last = best.values().stream().mapToLong(Told::until).max().orElse(0);
        return new Known(
                alive.isEmpty() ? "stale" : alive.size() > 1 ? "shared" : "fresh",
                new ArrayList<>(best.keySet()).reversed(),
                Math.max(0, connection.start() - last),
                best.values().stream().anyMatch(one -> !one.device().equals(device)));
    }
}
