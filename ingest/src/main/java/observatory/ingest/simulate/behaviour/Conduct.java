package observatory.ingest.simulate.behaviour;

/**
 * How all phones of a scenario behave.
 *
 * @param intensity how many times as often as usual their regular errands happen, from 1
 * @param leisure how many times as seldom as usual they do anything that they do more than three times a day, from 1
 * @param encrypted whether all of them register over TLS; else some do over plain UDP
 * @param idle whether they only keep their lease, their clock and their settings, so that thousands of them are bearable
 */
public record Conduct(int intensity, int leisure, boolean encrypted, boolean idle) {
    /** The demo's, so many times as often as usual. */
    public static Conduct usual(int intensity) {
        return new Conduct(intensity, 1, false, false);
    }
}
