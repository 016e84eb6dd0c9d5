package observatory.jobs.attribute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import org.jspecify.annotations.Nullable;

/**
 * How DNS answers name the destinations of flows: pure rules over the {@link Binding}s of one address, told to one device
 * or, for a guess, to anybody of its site. The name is the one that was valid when the flow started; it survives its time to live for the life
 * of the flow.
 */
public final class NameMemory {
    /** Answers are still fresh this long after their time to live, since phones are slower than resolvers. */
    public static final long GRACE_MILLIS = 30_000;
    /** A flow may be stamped this much earlier than the answer that led to it: sensors stamp in batches. */
    public static final long SKEW_MILLIS = 2_000;
    /** Time to live of an answer whose source logs none. */
    static final long DEFAULT_TTL_SECONDS = 300;
    /** A longer time to live is cut, so that a hostile answer cannot pin a name (RFC 8767 advises a week at most). */
    static final long MAXIMUM_TTL_SECONDS = 7 * 86_400;
    /** An answer is forgotten this long after it expired: until then it names flows, as stale. */
    public static final long RETENTION_MILLIS = 7 * 86_400_000L;
    /**
     * More bindings than these are not kept for one address. Stops a flood of names. The oldest two of one name become one
     * first, gap and all: a connection of days, which is judged at its end, is to find the name that it began with.
     */
    static final int BINDING_LIMIT = 32;

    private NameMemory() {}

    /** The addresses that an answer names, and the binding for each: CNAME chains collapse to their first and last name. */
    public static List<AddressBinding> bindings(DnsObservation dns) {
        String question = dns.question();
        if (question == null || dns.answers().isEmpty()) {
            return List.of();
        }
        String target = null;
        long ttl = MAXIMUM_TTL_SECONDS;
        List<String> addresses = new ArrayList<>(dns.answers().size());
        for (Answer answer : dns.answers()) {
            switch (answer.type()) {
                case "CNAME" -> target = answer.data();
                case "A", "AAAA" -> addresses.add(answer.data());
                default -> {
                    continue;
                }
            }
            ttl = Math.min(ttl, answer.ttlSeconds() < 0 ? DEFAULT_TTL_SECONDS : answer.ttlSeconds());
        }
        long answered = Math.floorDiv(dns.timeNanos(), 1_000_000L);
        Binding binding = new Binding(question, target, answered, answered, answered + ttl * 1000);
        return addresses.stream()
                .map(address -> new AddressBinding(address, binding))
                .toList();
    }

    /**
     * The names that an answer leads to on its way from the question to the addresses, each bound to the question for as
     * long as the chain is valid so far. Stub resolvers (those of macOS and systemd among them) ask for these names again by
     * themselves; what they are told then is still an answer to the first question.
     */
    static List<Alias> aliases(DnsObservation dns) {
        String question = dns.question();
        if (question == null) {
            return List.of();
        }
        long answered = Math.floorDiv(dns.timeNanos(), 1_000_000L);
        long ttl = MAXIMUM_TTL_SECONDS;
        List<Alias> aliases = new ArrayList<>();
        for (Answer answer : dns.answers()) {
            if (answer.type().equals("CNAME") && !answer.data().equals(question)) {
                ttl = Math.min(ttl, answer.ttlSeconds() < 0 ? DEFAULT_TTL_SECONDS : answer.ttlSeconds());
                aliases.add(new Alias(
                        answer.data(), new Binding(question, null, answered, answered, answered + ttl * 1000)));
            }
        }
        return aliases;
    }

    /** What led to a name that is asked for, when the answer is given: the names that were asked for first. */
    static List<Binding> heads(List<Binding> memory, long answeredMillis) {
        return memory.isEmpty() ? memory : fresh(known(memory, answeredMillis), answeredMillis);
    }

    /** What an answer to a question tells of the name that led to the question. */
    static Binding ledBy(Binding head, Binding told) {
        return new Binding(
                head.name(),
                told.target() == null ? told.name() : told.target(),
                told.answeredMillis(),
                told.renewedMillis(),
                told.expiresMillis());
    }

    /**
     * The memory of one address with one more binding, in order of answer. A renewal of the same name before it
     * expired extends the binding instead of adding one; so does an answer that came late and was renewed since.
     */
    public static List<Binding> remember(List<Binding> memory, Binding added) {
        List<Binding> kept = new ArrayList<>(memory.size() + 1);
        long forgotten = added.answeredMillis() - RETENTION_MILLIS;
        Binding merged = added;
        for (Binding old : memory) {
            if (old.renews(merged) || merged.renews(old)) {
                merged = old.and(merged);
            } else if (old.expiresMillis() >= forgotten) {
                kept.add(old);
            }
        }
        int at = kept.size();
        while (at > 0 && kept.get(at - 1).renewedMillis() > merged.renewedMillis()) {
            at--;
        }
        kept.add(at, merged);
        if (kept.size() > BINDING_LIMIT) {
            joinOldest(kept);
        }
        return kept;
    }

    private static void joinOldest(List<Binding> memory) {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < memory.size(); i++) {
            Integer earlier = first.putIfAbsent(memory.get(i).name(), i);
            if (earlier != null) {
                memory.set(i, memory.get(earlier).and(memory.get(i)));
                memory.remove((int) earlier);
                return;
            }
        }
        memory.removeFirst();
    }

    /** The memory without what may be forgotten at {@code nowMillis}. */
    public static List<Binding> forget(List<Binding> memory, long nowMillis) {
        return valid(memory, nowMillis - RETENTION_MILLIS);
    }

    /** The memory without what had expired before a time. */
    static List<Binding> valid(List<Binding> memory, long millis) {
        return memory.stream()
                .filter(binding -> binding.expiresMillis() >= millis)
                .toList();
    }

    /**
     * What a destination was called when a flow to it started.
     *
     * @param memory the bindings of the destination's address, in order of answer
     * @param serverName the name the flow itself announced (TLS), if any
     * @param startMillis start of the flow
     */
    public static DestinationName name(List<Binding> memory, @Nullable String serverName, long startMillis) {
        if (serverName != null) {
            return announced(memory, serverName);
        }
        long asked = startMillis + SKEW_MILLIS;
        List<Binding> known = known(memory, asked);
        if (known.isEmpty()) {
            return DestinationName.NONE;
        }
        List<Binding> fresh = fresh(known, startMillis);
        SequencedSet<String> candidates = names(fresh.isEmpty() ? known.subList(0, 1) : fresh);
        NameState state =
                fresh.isEmpty() ? NameState.STALE : candidates.size() > 1 ? NameState.SHARED : NameState.FRESH;
        return called((fresh.isEmpty() ? known : fresh).getFirst(), NameSource.OWN_DNS, state, startMillis, candidates);
    }

    /**
     * What a destination that has no name of its own may have been called when a flow to it started, by what others of
     * the site were told. Names that were valid then come before those that had expired.
     *
     * @param memory what anybody of the site was told of the destination's address, in order of answer
     * @param startMillis start of the flow
     */
    public static DestinationName guess(List<Binding> memory, long startMillis) {
        List<Binding> known = known(memory, startMillis + SKEW_MILLIS);
        if (known.isEmpty()) {
            return DestinationName.NONE;
        }
        List<Binding> fresh = fresh(known, startMillis);
        List<Binding> taken = fresh.isEmpty() ? known : fresh;
        return called(taken.getFirst(), NameSource.SITE_DNS, NameState.GUESSED, startMillis, names(taken));
    }

    /** What was told before a time, the latest first. */
    private static List<Binding> known(List<Binding> memory, long asked) {
        if (memory.size() == 1) {
            return memory.getFirst().answeredMillis() <= asked ? memory : List.of();
        }
        return memory.stream()
                .filter(binding -> binding.answeredMillis() <= asked)
                .sorted(Comparator.comparingLong((Binding binding) -> binding.answeredBefore(asked))
                        .thenComparing(Binding::name)
                        .reversed())
                .toList();
    }

    private static List<Binding> fresh(List<Binding> known, long startMillis) {
        if (known.size() == 1) {
            return known.getFirst().expiresMillis() + GRACE_MILLIS >= startMillis ? known : List.of();
        }
        return known.stream()
                .filter(binding -> binding.expiresMillis() + GRACE_MILLIS >= startMillis)
                .toList();
    }

    private static DestinationName called(
            Binding chosen, NameSource source, NameState state, long startMillis, SequencedSet<String> candidates) {
        long age = Math.max(0, (startMillis - chosen.answeredBefore(startMillis + SKEW_MILLIS)) / 1000);
        return new DestinationName(chosen.name(), chosen.target(), source, state, age, List.copyOf(candidates));
    }

    private static DestinationName announced(List<Binding> memory, String serverName) {
        String target = memory.stream()
                .filter(binding -> binding.name().equals(serverName))
                .map(Binding::target)
                .reduce(null, (earlier, later) -> later == null ? earlier : later);
        return new DestinationName(serverName, target, NameSource.SNI, NameState.FRESH, 0, List.of(serverName));
    }

    private static SequencedSet<String> names(List<Binding> bindings) {
        SequencedSet<String> names = new LinkedHashSet<>();
        bindings.forEach(binding -> names.add(binding.name()));
        return names;
    }

    /**
     * A name of a chain, and the question that leads to it.
     *
     * @param name the name
     * @param head the question, valid while the chain is
     */
    record Alias(String name, Binding head) {}

    /**
     * A binding and the address it is for.
     *
     * @param address as text, as the answer wrote it
     * @param binding what the device was told
     */
    public record AddressBinding(String address, Binding binding) {}
}
