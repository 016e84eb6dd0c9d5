package observatory.ingest.dnswire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.DnsCodes;
import observatory.ingest.observation.DnsObservation.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one DNS message (RFC 1035 section 4): header, first question and answer section. Names come out in lower case,
 * without the trailing dot, bytes that are no printable ASCII as {@code \ddd}. Never throws: what is wrong is said by
 * {@link #fault()}. An instance is used again for every message, by one thread.
 *
 * <pre>
 *  0      2      4       6       8       10      12
 *  | id   | flags| qd    | an    | ns    | ar    | questions, answers, ...
 *  flags: QR(15) opcode(14..11) AA TC RD RA Z AD CD rcode(3..0)
 * </pre>
 */
public final class DnsMessage {
    /** A message is at most this long, as its length on TCP has 16 bits (RFC 1035 section 4.2.2). */
    public static final int LONGEST_MESSAGE = 65_535;

    private static final int HEADER = 12;

    /** Longest name on the wire (RFC 1035 section 3.1); stops names that are folded by pointers to expand without end. */
    private static final int LONGEST_NAME = 255;

    /** Longest label; the two bits above it mark pointers. */
    private static final int LONGEST_LABEL = 63;

    /** Jumps within one name. Each has to go backwards, so loops are impossible; this stops long ladders of them. */
    private static final int POINTER_LIMIT = 127;

    /** Answers kept of one message: a count of 65,535 with records that share one name costs no more than these. */
    private static final int ANSWER_LIMIT = 256;

    /** Characters kept of a text record. */
    private static final int LONGEST_TEXT = 512;

    /** Parameters read of a service binding (RFC 9460); stops a record of thousands of empty ones. */
    private static final int PARAMETER_LIMIT = 32;

    private static final int SRV_FIXED = 6;
    private static final int RECORD_FIXED = 10;
    private static final int POINTER = 0xc0;

    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private int at;
    private int flags;
    private int questions;
    private int answerCount;
    private @Nullable String question;
    private @Nullable String questionType;
    private final List<Answer> answers = new ArrayList<>();
    private final StringBuilder name = new StringBuilder(LONGEST_NAME);
    private @Nullable String fault;

    /** Reads {@code bytes[from, to)}; false when it is no DNS message, and then {@link #fault()} says why. */
    public boolean read(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        start = from;
        end = to;
        at = from;
        question = null;
        questionType = null;
        answers.clear();
        fault = null;
        if (to - from < HEADER || to - from > LONGEST_MESSAGE) {
            return fail("a message of " + (to - from) + " bytes, wanted " + HEADER + " to " + LONGEST_MESSAGE);
        }
        flags = number(from + 2, 2);
        questions = number(from + 4, 2);
        answerCount = number(from + 6, 2);
        at = from + HEADER;
        return readQuestions() && readAnswers();
    }

    public boolean isResponse() {
        return (flags & 0x8000) != 0;
    }

    /** 0 is a query; notifications and updates ask nothing. */
    public int opcode() {
        return flags >> 11 & 0xf;
    }

    /** {@code NOERROR}, {@code NXDOMAIN}, ... */
    public String responseCode() {
        return DnsCodes.responseCode(flags & 0xf);
    }

    /** The first name asked for; null for the root and when there is no question. */
    public @Nullable String question() {
        return question;
    }

    /** {@code A}, {@code HTTPS}, ...; null when there is no question. */
    public @Nullable String questionType() {
        return questionType;
    }

    /** The answer section in order, at most {@value #ANSWER_LIMIT} records. A copy. */
    public List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** What is wrong and where; null when nothing is. */
    public @Nullable String fault() {
        return fault;
    }

    private boolean fail(String what) {
        fault = what;
        return false;
    }

    private boolean readQuestions() {
        // Every server asks one question a message; more of them are walked over, as far as there are bytes.
        for (int i = 0; i < questions; i++) {
            if (!readName() || at + 4 > end) {
                return fail(fault != null ? fault : "the question breaks off at byte " + (at - start));
            }
            if (i == 0) {
                question = name.isEmpty() ? null : name.toString();
                questionType = DnsCodes.type(number(at, 2));
            }
            at += 4;
        }
        return true;
    }

    private boolean readAnswers() {
        int limit = Math.min(answerCount, ANSWER_LIMIT);
        for (int i = 0; i < limit; i++) {
            if (!readName()) {
                return false;
            }
            if (at + RECORD_FIXED > end) {
                return fail("answer " + (i + 1) + " of " + answerCount + " breaks off at byte " + (at - start));
            }
            int type = number(at, 2);
            // RFC 2181 section 8: a set sign bit means zero.
            long ttl = Math.max(0, number(at + 4, 4));
            int length = number(at + 8, 2);
            at += RECORD_FIXED;
            int next = at + length;
            if (next > end) {
                return fail("answer " + (i + 1) + " says " + length + " bytes, " + (end - at) + " are left");
            }
            String data = data(type, at, next);
            if (data == null) {
                return fail(fault != null ? fault : "answer " + (i + 1) + " is no " + DnsCodes.type(type));
            }
            answers.add(new Answer(data, DnsCodes.type(type), ttl));
            at = next;
        }
        return true;
    }

    /** The data as text; null when they are not what the type says. */
    private @Nullable String data(int type, int from, int to) {
        return switch (type) {
            case 1 -> to - from == 4 ? IpAddress.ofIpv4(number(from, 4)).toString() : null;
            case 28 -> to - from == 16 ? address(from, 16) : null;
            case 2, 5, 12, 39 -> nameAt(from, to);
            case 6 -> nameAt(from, to);
            case 15 -> nameAt(from + 2, to);
            case 33 -> nameAt(from + SRV_FIXED, to);
            case 16 -> text(from, to);
            case 64, 65 -> serviceBinding(from, to);
            // RFC 3597 section 5, without the octets: no type that we do not know is of use here.
            default -> "\\# " + (to - from);
        };
    }

    private @Nullable String address(int from, int length) {
        byte[] octets = new byte[length];
        System.arraycopy(bytes, from, octets, 0, length);
        IpAddress address = IpAddress.ofBytes(octets);
        return address == null ? null : address.toString();
    }

    /** A name within the data of a record; the record's own end bounds where it may begin. */
    private @Nullable String nameAt(int from, int to) {
        int back = at;
        if (from >= to) {
            return null;
        }
        at = from;
        boolean isRead = readName() && at <= to;
        at = back;
        return isRead ? name.toString() : null;
    }

    private @Nullable String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        int i = from;
        while (i < to) {
            int length = bytes[i] & 0xff;
            if (i + 1 + length > to) {
                return null;
            }
            if (text.length() < LONGEST_TEXT) {
                text.append(new String(bytes, i + 1, length, StandardCharsets.UTF_8));
            }
            i += 1 + length;
        }
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text.toString();
    }

    /** RFC 9460 section 2.2: priority, target, then parameters by ascending key; the address hints are kept. */
    private @Nullable String serviceBinding(int from, int to) {
        int back = at;
        at = from + 2;
        boolean isRead = to - from > 2 && readName() && at <= to;
        int i = at;
        at = back;
        if (!isRead) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        text.append(number(from, 2)).append(' ').append(name.isEmpty() ? "." : name);
        for (int parameter = 0; parameter < PARAMETER_LIMIT && i + 4 <= to; parameter++) {
            int key = number(i, 2);
            int length = number(i + 2, 2);
            i += 4;
            if (i + length > to) {
                return null;
            }
            if (key == 4 && length % 4 == 0) {
                addHints(text, " ipv4hint=", i, i + length, 4);
            } else if (key == 6 && length % 16 == 0) {
                addHints(text, " ipv6hint=", i, i + length, 16);
            }
            i += length;
        }
        return text.toString();
    }

    private void addHints(StringBuilder text, String key, int from, int to, int size) {
        String before = key;
        for (int i = from; i < to && text.length() < LONGEST_TEXT; i += size) {
            text.append(before).append(address(i, size));
            before = ",";
        }
    }

    /**
     * Reads a name at {@link #at} into {@link #name} and moves behind it. A pointer (RFC 1035 section 4.1.4) has to lead
     * to before the part of the name it stands in.
     */
    private boolean readName() {
        name.setLength(0);
        int i = at;
        int part = at;
        int behind = -1;
        int jumps = 0;
        int length = 1;
        while (true) {
            if (i >= end) {
                return fail("a name breaks off at byte " + (i - start));
            }
            int label = bytes[i] & 0xff;
            if (label == 0) {
                at = behind < 0 ? i + 1 : behind;
                return true;
            }
            if (label >= POINTER) {
                int target = i + 1 < end ? start + (number(i, 2) & 0x3fff) : end;
                if (target >= part || ++jumps > POINTER_LIMIT) {
                    return fail("a name points forwards, at itself or too often, at byte " + (i - start));
                }
                behind = behind < 0 ? i + 2 : behind;
                i = target;
                part = target;
                continue;
            }
            length += 1 + label;
            if (label > LONGEST_LABEL || length > LONGEST_NAME || i + 1 + label > end) {
                return fail("a label of " + label + " bytes at byte " + (i - start) + " does not fit");
            }
            addLabel(i + 1, i + 1 + label);
            i += 1 + label;
        }
    }

    private void addLabel(int from, int to) {
        if (!name.isEmpty()) {
            name.append('.');
        }
        for (int i = from; i < to; i++) {
            int b = bytes[i] & 0xff;
            if (b >= 'A' && b <= 'Z') {
                name.append((char) (b + 0x20));
            } else if (b == '.' || b == '\\') {
                name.append('\\').append((char) b);
            } else if (b > ' ' && b < 0x7f) {
                name.append((char) b);
            } else {
                name.append('\\')
                        .append((char) ('0' + b / 100))
                        .append((char) ('0' + b / 10 % 10))
                        .append((char) ('0' + b % 10));
            }
        }
    }

    /** An unsigned number in network order; of four bytes, signed. */
    private int number(int from, int size) {
        int value = 0;
        for (int i = from; i < from + size; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }
}
