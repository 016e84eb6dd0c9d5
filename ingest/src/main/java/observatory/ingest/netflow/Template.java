package observatory.ingest.netflow;

import java.util.Arrays;
import observatory.ingest.text.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * A template, compiled once into a flat list of the elements we read, so that a record costs one step for each of them
 * and nothing for the others. Not safe for use by several threads: places of variable-length fields are kept here.
 */
final class Template {
    /** A field of this length says its length itself (RFC 7011 section 7). */
    static final int VARIABLE = 65_535;

    /** First octet of a length that stands in the two octets after it. */
    private static final int LONG_FORM = 255;

    private final boolean isOptions;
    private final long[] elements;
    private final int[] lengths;
    private final boolean isFixed;
    private final int minimumLength;
    private final Use[] uses;
    private final int[] stepFields;
    private final int[] stepOffsets;
    private final int[] stepLengths;
    private final int[] offsets;
    private final int[] actual;

    /**
     * @param isOptions whether its records tell about the exporter instead of flows
     * @param elements {@link InformationElements#key} of each field, in order
     * @param lengths length of each field in bytes, or {@link #VARIABLE}
     */
    Template(boolean isOptions, long[] elements, int[] lengths) {
        this.isOptions = isOptions;
        this.elements = elements;
        this.lengths = lengths;
        int minimum = 0;
        boolean fixed = true;
        int steps = 0;
        Use[] usesFound = new Use[elements.length];
        int[] fieldsFound = new int[elements.length];
        int[] offsetsFound = new int[elements.length];
        for (int i = 0; i < elements.length; i++) {
            Use use = InformationElements.use(elements[i]);
            boolean isVariable = lengths[i] == VARIABLE;
            if (use != null && (isVariable || use.fits(lengths[i]))) {
                usesFound[steps] = use;
                fieldsFound[steps] = i;
                offsetsFound[steps] = minimum;
                steps++;
            }
            fixed &= !isVariable;
            minimum += isVariable ? 1 : lengths[i];
        }
        isFixed = fixed;
        minimumLength = minimum;
        uses = Arrays.copyOf(usesFound, steps);
        stepFields = Arrays.copyOf(fieldsFound, steps);
        stepOffsets = Arrays.copyOf(offsetsFound, steps);
        stepLengths = new int[steps];
        for (int i = 0; i < steps; i++) {
            stepLengths[i] = lengths[stepFields[i]];
        }
        offsets = fixed ? new int[0] : new int[elements.length];
        actual = fixed ? new int[0] : new int[elements.length];
    }

    boolean isOptions() {
        return isOptions;
    }

    int fields() {
        return elements.length;
    }

    long element(int field) {
        return elements[field];
    }

    int length(int field) {
        return lengths[field];
    }

    /** Bytes that a record has at least; what is shorter at the end of a set is padding. */
    int minimumLength() {
        return minimumLength;
    }

    /** Whether both say the same. */
    boolean isSameAs(@Nullable Template other) {
        return other != null
                && isOptions == other.isOptions
                && Arrays.equals(elements, other.elements)
                && Arrays.equals(lengths, other.lengths);
    }

    /**
     * Reads one record into the registers.
     *
     * @param to end of the set; the caller has made sure that {@link #minimumLength} bytes lie before it
     * @return position after the record, or -1 when its variable-length fields reach beyond the set
     */
    int read(byte[] bytes, int from, int to, Registers registers) {
        registers.clear();
        if (isFixed) {
            for (int i = 0; i < uses.length; i++) {
                registers.set(uses[i], bytes, from + stepOffsets[i], stepLengths[i]);
            }
            return from + minimumLength;
        }
        int end = measure(bytes, from, to);
        if (end >= 0) {
            for (int i = 0; i < uses.length; i++) {
                int field = stepFields[i];
                if (uses[i].fits(actual[field])) {
                    registers.set(uses[i], bytes, offsets[field], actual[field]);
                }
            }
        }
        return end;
    }

    /**
     * Finds the fields of a record. Each field takes at least its own octet of length, hence the work is bounded by the
     * template; lists of RFC 6313 inside a field are opaque, so that nesting them costs nothing.
     */
    private int measure(byte[] bytes, int from, int to) {
        int at = from;
        for (int i = 0; i < lengths.length; i++) {
            int length = lengths[i];
            if (length == VARIABLE) {
                if (at >= to) {
                    return -1;
                }
                length = BigEndian.u8(bytes, at++);
                if (length == LONG_FORM) {
                    if (to - at < 2) {
                        return -1;
                    }
                    length = BigEndian.u16(bytes, at);
                    at += 2;
                }
            }
            if (to - at < length) {
                return -1;
            }
            offsets[i] = at;
            actual[i] = length;
            at += length;
        }
        return at;
    }
}
