package observatory.ingest.simulate.traffic;

/** Where phones put their conversations. */
@FunctionalInterface
public interface Wire {
    /** Takes one conversation, in any order of time. */
    void carry(Conversation conversation);
}
