package observatory.ingest.simulate.internet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pretended internet. An answer is a pure function of who is asked, what for and when: a resolver fetches a name
 * again whenever its lifetime is over, hands out what is left of that lifetime, and gives all its clients the same
 * addresses meanwhile. So phones can be simulated one by one and still agree with each other.
 */
public final class Internet {
    private static final long SECOND = 1_000_000;

    private final Map<String, HostedName> names = new HashMap<>();
    private final Map<String, Move> moves = new HashMap<>();

    private Internet(List<HostedName> rows) {
        for (HostedName row : rows) {
            add(row);
        }
    }

    /** From a moment on a name is hosted elsewhere. */
    private record Move(long at, HostedName to) {}

    /** Adds a name, in place of one of the same name and region. */
    public void add(HostedName row) {
        names.put(row.name() + " " + row.region(), row);
    }

    /** Lets a name be hosted elsewhere from a moment on, microseconds since 1970. */
    public void move(long at, HostedName to) {
        moves.put(to.name(), new Move(at, to));
    }

    /** Reads the names that come with the simulator. */
    public static Internet load() {
        return new Internet(
                Table.rows("names.tsv").stream().map(HostedName::parse).toList());
    }

    /**
     * What a resolver answers.
     *
     * @param resolver address of the resolver; resolvers fetch at different moments
     * @param region {@code eu} or {@code us}: from where it asks
     * @param name name asked for
     * @param at when, microseconds since 1970
     * @throws IllegalArgumentException when the name does not exist here
     */
    public Answer resolve(String resolver, String region, String name, long at) {
        HostedName hosted = find(name, region, at);
        long fetched = age(resolver, name, hosted.lifetime(), at);
        long chainFetched = age(resolver, name + "#chain", hosted.chainLifetime(), at);
        List<String> addresses = pick(hosted, at - fetched, spread(at, name));
        return new Answer(
                hosted.chain(),
                left(hosted.chainLifetime(), chainFetched),
                addresses,
                left(hosted.lifetime(), fetched));
    }

    private HostedName find(String name, String region, long at) {
        Move move = moves.get(name);
        if (move != null && move.at() <= at) {
            return move.to();
        }
        @Nullable HostedName hosted = names.get(name + " " + region);
        if (hosted == null) {
            hosted = names.get(name + " *");
        }
        if (hosted == null) {
            throw new IllegalArgumentException("no such name in the pretended internet: " + name + " from " + region);
        }
        return hosted;
    }

    /** Microseconds since the resolver fetched the record it now holds. */
    private static long age(String resolver, String record, long lifetime, long at) {
        long period = lifetime * SECOND;
        return Math.floorMod(at + spread(resolver.hashCode(), record), period);
    }

    private static long left(long lifetime, long age) {
        return Math.max(1, lifetime - (age + SECOND - 1) / SECOND);
    }

    /** The part of the pool that is given out in the rotation of the fetch; names on one pool rotate together. */
    private static List<String> pick(HostedName hosted, long fetchedAt, long turn) {
        long rotation = hosted.rotation() == 0 ? 0 : fetchedAt / (hosted.rotation() * SECOND);
        int size = hosted.pool().size();
        int first = (int) (spread(rotation, hosted.pool().getFirst()) % size);
        int count = hosted.answers();
        List<String> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(hosted.pool().get((first + (int) ((i + turn) % count)) % size));
        }
        return addresses;
    }

    /** A fixed non-negative scatter of a number and a text. */
    private static long spread(long number, String text) {
        long mixed = (number ^ text.hashCode() * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 29;
        mixed *= 0x94D049BB133111EBL;
        return (mixed ^ mixed >>> 32) & Long.MAX_VALUE;
    }
}
