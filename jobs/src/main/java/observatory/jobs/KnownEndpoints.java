package observatory.jobs;

import java.io.Serializable;
import java.util.function.Consumer;
import observatory.jobs.finding.novelty.Seen;

/** What earlier runs had seen of endpoints. */
public interface KnownEndpoints extends Serializable {
    /**
     * Nothing. A replay begins with it: with what is stored it would find other things the second time, and the same input
     * is to give the same findings.
     */
    KnownEndpoints NONE = takers -> {};

    /** Hands over all of it. */
    void read(Consumer<Seen> taker);
}
