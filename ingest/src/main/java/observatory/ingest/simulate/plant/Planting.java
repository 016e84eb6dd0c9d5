package observatory.ingest.simulate.plant;

/** One kind of event, benign or not, that can be planted any number of times. */
@FunctionalInterface
interface Planting {
    /** Plants it once more; does nothing when no phone is left for it. */
    void in(Plot plot);
}
