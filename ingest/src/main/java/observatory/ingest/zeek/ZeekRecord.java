package observatory.ingest.zeek;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.text.Slice;
import observatory.ingest.text.Timestamp;
import observatory.ingest.text.WordCache;
import org.jspecify.annotations.Nullable;

/** The fields of one record, read from text into their types; used again for every record. */
final class ZeekRecord {
    private static final int FIELDS = ZeekField.values().length;
    private static final int LARGEST_PORT = 65_535;

    private final WordCache words = new WordCache();
    private final long[] numbers = new long[FIELDS];
    private final @Nullable Object[] objects = new Object[FIELDS];
    private final List<String> answers = new ArrayList<>();
    private final List<String> ttls = new ArrayList<>();
    private final List<String> messageTypes = new ArrayList<>();
    private @Nullable String fault;

    void clear() {
        Arrays.fill(numbers, FlowObservation.ABSENT);
        Arrays.fill(objects, null);
        answers.clear();
        ttls.clear();
        messageTypes.clear();
        fault = null;
    }

    /** Reads the text of a scalar field; text that the field cannot hold is kept as the record's fault. */
    void set(ZeekField field, Slice text) {
        switch (field.type) {
            case TIME -> setNumber(field, time(text), text);
            case INTERVAL -> setNumber(field, text.nanos(), text);
            case COUNT -> setNumber(field, text.count(), text);
            case PORT -> {
                long port = text.count();
                setNumber(field, port > LARGEST_PORT ? Slice.INVALID : port, text);
            }
            case FLAG -> setNumber(field, flag(text), text);
            case ADDRESS -> {
                IpAddress address = text.address();
                objects[field.ordinal()] = address;
                if (address == null) {
                    fault(field, text);
                }
            }
            case WORD -> objects[field.ordinal()] = text.length() == 0 ? null : words.word(text);
            case TEXT -> objects[field.ordinal()] = text.length() == 0 ? null : text.text();
            case NAME -> objects[field.ordinal()] = text.name();
            case LIST -> add(field, text);
        }
    }

    /** Adds an element to a vector or set. */
    void add(ZeekField field, Slice element) {
        list(field).add(words.word(element));
    }

    /** Says that the value was of another shape than its field: an array where a number was wanted. */
    void setFault(ZeekField field, String found) {
        if (fault == null) {
            fault = field.label() + ": found " + found + ", wanted " + wanted(field.type);
        }
    }

    private void setNumber(ZeekField field, long number, Slice text) {
        numbers[field.ordinal()] = number;
        if (number == Slice.INVALID) {
            fault(field, text);
        }
    }

    /** Seconds since 1970, or the ISO-8601 that {@code LogAscii::json_timestamps = JSON::TS_ISO8601} gives. */
    private static long time(Slice text) {
        boolean isDate = text.length() > 4 && text.charAt(4) == '-';
        long nanos = isDate ? Timestamp.nanos(text) : text.nanos();
        return nanos < 0 ? Slice.INVALID : nanos;
    }

    private static long flag(Slice text) {
        if (text.is("T") || text.is("true")) {
            return 1;
        }
        return text.is("F") || text.is("false") ? 0 : Slice.INVALID;
    }

    private void fault(ZeekField field, Slice text) {
        String found = text.length() > 60 ? text.subSequence(0, 60) + "..." : text.text();
        setFault(field, '\'' + Rejection.sample(found.getBytes(StandardCharsets.UTF_8)) + '\'');
    }

    private static String wanted(ZeekField.Type type) {
        return switch (type) {
            case TIME -> "seconds since 1970 or an ISO-8601 time";
            case INTERVAL -> "seconds";
            case COUNT -> "a whole number";
            case PORT -> "a port from 0 to 65535";
            case FLAG -> "T or F";
            case ADDRESS -> "an IP address";
            case WORD, TEXT, NAME -> "text";
            case LIST -> "a list";
        };
    }

    /** What is wrong with the first bad value, null when all are well. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Number, nanoseconds or flag; {@link FlowObservation#ABSENT} when the record has none. */
    long number(ZeekField field) {
        return numbers[field.ordinal()];
    }

    boolean has(ZeekField field) {
        return numbers[field.ordinal()] != FlowObservation.ABSENT || objects[field.ordinal()] != null;
    }

    @Nullable
    String text(ZeekField field) {
        return (String) objects[field.ordinal()];
    }

    @Nullable
    IpAddress address(ZeekField field) {
        return (IpAddress) objects[field.ordinal()];
    }

    List<String> list(ZeekField field) {
        return switch (field) {
            case ANSWERS -> answers;
            case TTLS -> ttls;
            case MSG_TYPES -> messageTypes;
            default -> throw new IllegalArgumentException(field.label() + " is no list");
        };
    }
}
