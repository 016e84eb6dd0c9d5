package observatory.ingest.netflow;

/** What there is to say about one observation domain since its last status. */
final class StatusCounts {
    long datagrams;
    long lost;
    long gaps;
    long restarts;
    long duplicates;
    long outOfOrder;
    long received = Registers.ABSENT;
    long dropped = Registers.ABSENT;
    boolean isWorthTelling;

    boolean isTelling() {
        return isWorthTelling || (lost | gaps | restarts | duplicates | outOfOrder) != 0;
    }

    void clear() {
        datagrams = 0;
        lost = 0;
        gaps = 0;
        restarts = 0;
        duplicates = 0;
        outOfOrder = 0;
        received = Registers.ABSENT;
        dropped = Registers.ABSENT;
        isWorthTelling = false;
    }
}
