package observatory.ingest.simulate.plant;

import observatory.ingest.simulate.fleet.Deed;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Deed.Rhythm;
import observatory.ingest.simulate.fleet.Span;

/** The usual deeds. */
final class Visits {
    private static final int HTTPS = 443;

    private Visits() {}

    /** Now and then, about every five hours, a few kilobytes over TLS. */
    static Deed irregular(String name, Span during) {
        return new Deed(Manner.TLS, "planted", name, HTTPS, during, Rhythm.IRREGULAR, 5 * Plot.HOUR, 1_800, 3_200);
    }

    /** At even intervals, with so many bytes out. */
    static Deed steady(String name, Span during, long every, long up) {
        return new Deed(Manner.TLS, "planted", name, HTTPS, during, Rhythm.STEADY, every, up, 1_400);
    }

    /** Once. */
    static Deed once(Manner manner, String target, int port, long at, long up, long down) {
        return new Deed(manner, "planted", target, port, new Span(at, at + 1), Rhythm.STEADY, 0, up, down);
    }

    /** About every so often, in a manner. */
    static Deed sometimes(Manner manner, String target, int port, Span during, long every) {
        return new Deed(manner, "planted", target, port, during, Rhythm.IRREGULAR, every, 700, 2_500);
    }
}
