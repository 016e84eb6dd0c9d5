package observatory.ingest.simulate.internet;

import java.util.List;

/**
 * What a resolver answers at one moment.
 *
 * @param chain CNAME targets in order
 * @param chainLifetime seconds the CNAMEs still live in the resolver
 * @param addresses addresses, the one to use first
 * @param lifetime seconds the addresses still live in the resolver
 */
public record Answer(List<String> chain, long chainLifetime, List<String> addresses, long lifetime) {
    public Answer {
        chain = List.copyOf(chain);
        addresses = List.copyOf(addresses);
    }

    /** Seconds for which a phone may keep the whole answer: the shortest of all. */
    public long keepFor() {
        return chain.isEmpty() ? lifetime : Math.min(lifetime, chainLifetime);
    }
}
