package observatory.ingest.simulate;

/** What happens in a simulation. */
public enum Scenario {
    /** The fleet with its planted events: the one to show and to test detectors with. */
    DEMO,
    /** The same fleet on two calm weeks: nothing is planted, so nothing should be found. */
    CALM
}
