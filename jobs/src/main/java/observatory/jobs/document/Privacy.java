package observatory.jobs.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much documents tell of single devices, and so of the persons who use them. */
public enum Privacy {
    /** Everything: beside the pseudonym its MAC, address and host name, addresses inside, and samples of bad input. */
    FULL,
    /** Devices under pseudonyms; who is behind one stands in the guarded index alone. */
    PSEUDONYMOUS,
    /** No device at all: sums per site, coverage, and what concerns more than one device. */
    AGGREGATE;

    /** The name used in options and files: {@code pseudonymous}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of that name, in any case of letters. */
    public static Optional<Privacy> named(String label) {
        return Arrays.stream(values())
                .filter(level -> level.name().equalsIgnoreCase(label))
                .findFirst();
    }
}
