package observatory.jobs.finding;

import java.io.Serializable;

/**
 * When few of many are too few to be ordinary.
 *
 * @param leastDevices a cohort smaller than this says nothing
 * @param mostPercent of a cohort's devices at most this share, in percent, are few
 */
public record Outliers(int leastDevices, int mostPercent) implements Serializable {
    /** When nothing is configured. */
    public static final Outliers DEFAULT = new Outliers(20, 10);

    public Outliers {
        if (leastDevices < 2 || mostPercent < 1 || mostPercent > 49) {
            throw new IllegalArgumentException("a cohort has at least 2 devices, and few are 1 to 49 percent");
        }
    }
}
