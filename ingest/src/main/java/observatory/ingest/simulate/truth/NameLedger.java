package observatory.ingest.simulate.truth;

import java.util.ArrayList;
import java.util.Comparator;
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
    private final Map<Integer, Map<String, Map<String, Long>>> answers = new HashMap<>();
    private final BiConsumer<Conversation, Known> settled;
    private long taken;

    /**
     * What was known when a flow started.
     *
     * @param state {@code fresh}: exactly one own answer alive, {@code shared}: several, {@code stale}: all are over,
     *     {@code none}: the phone got none for this address
     * @param names the names of those answers, the last given first
     * @param overdue for {@code stale}: microseconds since the last of them was over; else 0
     */
    record Known(String state, List<String> names, long overdue) {
        static final Known NOTHING = new Known("none", List.of(), 0);

        Known {
            names = List.copyOf(names);
        }
    }

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
                Map<String, Long> names = answers.computeIfAbsent(conversation.device(), device -> new HashMap<>())
                        .computeIfAbsent(record, address -> new LinkedHashMap<>());
                names.remove(lookup.question());
                names.put(lookup.question(), until);
            }
        }
    }

    private Known known(Conversation conversation) {
        Connection connection = conversation.connection();
        String remote = Tally.isDevice(connection.origin()) ? connection.responder() : connection.origin();
        @Nullable Map<String, Map<String, Long>> own = answers.get(conversation.device());
        @Nullable Map<String, Long> names = own == null ? null : own.get(remote);
        if (names == null) {
            return Known.NOTHING;
        }
        List<String> newestFirst = new ArrayList<>(names.keySet()).reversed();
        List<String> alive = newestFirst.stream()
                .filter(name -> names.getOrDefault(name, 0L) >= connection.start())
                .toList();
        if (alive.isEmpty()) {
            long last = names.values().stream().max(Comparator.naturalOrder()).orElse(0L);
            return new Known("stale", newestFirst, connection.start() - last);
        }
        return new Known(alive.size() > 1 ? "shared" : "fresh", alive, 0);
    }
}
