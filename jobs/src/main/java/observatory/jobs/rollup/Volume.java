package observatory.jobs.rollup;

/**
 * So many flows, and their bytes of both directions.
 *
 * @param flows number of flows
 * @param bytes bytes out and in
 */
public record Volume(long flows, long bytes) {
    /** Nothing. */
    public static final Volume ZERO = new Volume(0, 0);

    /** The sum. */
    public Volume plus(Volume other) {
        if (other.flows == 0 && other.bytes == 0) {
            return this;
        }
        return new Volume(flows + other.flows, bytes + other.bytes);
    }

    /** What is left of this without a part of it. */
    public Volume minus(Volume part) {
        return new Volume(flows - part.flows, bytes - part.bytes);
    }
}
