package observatory.ingest.simulate;

/** What happens in a simulation. */
public enum Scenario {
    /** The fleet with its planted events: the one to show and to test detectors with. */
    DEMO,
    /** The same fleet on two calm weeks: nothing is planted, so nothing should be found. */
    CALM,
    /**
     * A calmer fleet, in which every kind of finding and every benign look-alike is planted, who and when by the seed:
     * the one to measure detections with.
     */
    EVALUATION,
    /** A fleet that does little until one night all of it fetches its next firmware from a new place. */
    MASS_UPDATE
}
