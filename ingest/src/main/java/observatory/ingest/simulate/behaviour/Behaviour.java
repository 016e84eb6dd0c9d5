package observatory.ingest.simulate.behaviour;

/** One habit of a phone. Times are microseconds since 1970. */
interface Behaviour {
    /** Not before the next boot. */
    long NEVER = Long.MAX_VALUE;

    /** When to act first after a boot; what would be after the next boot does not happen. */
    long first(Handset handset, long boot);

    /** Acts, and says when to act next: later than {@code now}, or {@link #NEVER}. */
    long act(Handset handset, long now);
}
