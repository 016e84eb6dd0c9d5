package observatory.jobs.attribute;

import org.jspecify.annotations.Nullable;

/** What is known of makers of devices; they all have the short names of the reviewed table. */
interface Makers {
    /** Maker by the OUI of a MAC; null when it is nobody's. */
    @Nullable
    String makerOf(String mac);

    /** The maker that somebody calls so; null when the table has none. */
    @Nullable
    String makerNamed(String word);
}
