package observatory.ingest.dnslog;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.TransportProtocol;
import observatory.ingest.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the debug log of the DNS server of Windows, with details of packets or without:
 *
 * <pre>
 * 4/11/2026 3:29:17 PM 0294 PACKET  000002DAEC36D650 UDP Rcv 10.0.0.7        d07e   Q [0001   D   NOERROR] A      (3)www(7)example(3)com(0)
 * date      time       thread context packet         Rcv/Snd peer            xid  R opcode [flags    code] type   name
 * </pre>
 *
 * <p>One question of a client is up to four packets: received, sent to another server, its response, the response sent.
 * The first is the question and the last its response; the two between are the server's own and unused. Answers stand
 * only in details, which follow their packet in lines of their own and belong to its record. The order of day and month
 * is the server's locale: see {@link #dateOrder}.
 */
public final class WindowsDnsDecoder extends LineDecoder {
    /** Lines of details are not held; answers are, and no response of 64 KiB has more records than these. */
    private static final int ANSWER_LIMIT = 256;

    private static final int LONGEST_NAME = 255;
    private static final String ORDER = "dates=";
    private static final Pattern DATE = Pattern.compile("(?m)^(\\d{1,2})([/.-])(\\d{1,2})\\2\\d{2,4} .*$");

    private final List<Answer> answers = new ArrayList<>();
    private @Nullable DnsObservation pending;
    private boolean isInDetails;
    private boolean isAnswerSection;
    private @Nullable String answerType;
    private long answerTtl = ABSENT;
    private String order = "";

    public WindowsDnsDecoder() {
        super(Format.WINDOWS_DNS.observerType());
    }

    /**
     * The order of the dates in a log, as a word for the header of its messages: {@code dates=mdy} or {@code dates=dmy},
     * empty when its beginning does not tell. A day beyond the twelfth tells; else AM and PM in capitals, which only
     * American English writes behind slashes; else points or hyphens, which stand between day, month and year. Where the
     * header does not tell, each line is read in the order that brings it closer to the time of the message.
     */
    public static String dateOrder(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        Matcher dates = DATE.matcher(text);
        String guess = "";
        while (dates.find()) {
            int first = Integer.parseInt(dates.group(1));
            int second = Integer.parseInt(dates.group(3));
            if (first > 12 || second > 12) {
                return first > 12 ? ORDER + "dmy" : ORDER + "mdy";
            }
            boolean isSlash = dates.group(2).equals("/");
            boolean isAmerican = isSlash && dates.group().matches("\\S+ \\S+ [AP]M .*");
            guess = isAmerican ? ORDER + "mdy" : isSlash ? guess : ORDER + "dmy";
        }
        return guess;
    }

    @Override
    void begin() {
        flushNothing();
        String header = new String(message().header(), StandardCharsets.ISO_8859_1);
        int from = header.indexOf(ORDER);
        order = from < 0 || header.length() < from + 9 ? "" : header.substring(from + 6, from + 9);
    }

    private void flushNothing() {
        pending = null;
        answers.clear();
        isInDetails = false;
        isAnswerSection = false;
    }

    @Override
    void line() {
        if (!readTime()) {
            if (isInDetails) {
                detail();
            } else {
                unused("header");
            }
            return;
        }
        flush();
        word();
        String context = words.word(word());
        if (!context.equals("PACKET")) {
            unused(context.isEmpty() ? "message" : context.toLowerCase(Locale.ROOT));
            return;
        }
        isInDetails = true;
        packet();
    }

    @Override
    void finish() {
        flush();
    }

    private void flush() {
        DnsObservation packet = pending;
        if (packet != null) {
            observe(
                    answers.isEmpty()
                            ? packet
                            : new DnsObservation(
                                    packet.sensor(),
                                    packet.site(),
                                    packet.observerType(),
                                    packet.sensorId(),
                                    packet.timeNanos(),
                                    packet.client(),
                                    packet.clientPort(),
                                    packet.resolver(),
                                    packet.resolverPort(),
                                    packet.protocol(),
                                    packet.question(),
                                    packet.questionType(),
                                    packet.responseCode(),
                                    packet.response(),
                                    answers));
        }
        flushNothing();
    }

    /** Date and time in the order of the locale; false, and unmoved, when the line does not begin with them. */
    private boolean readTime() {
        int start = at;
        int dateEnd = indexOf(start, Math.min(end, start + 11), ' ');
        if (dateEnd < start + 6) {
            return false;
        }
        long[] parts = new long[3];
        int part = 0;
        int from = start;
        char separator = 0;
        for (int i = start; i <= dateEnd; i++) {
            boolean isDigit = bytes[i] >= '0' && bytes[i] <= '9';
            if (!isDigit) {
                char c = (char) bytes[i];
                boolean isEnd = i == dateEnd;
                if (part > 2 || (!isEnd && c != '/' && c != '.' && c != '-')) {
                    return false;
                }
                parts[part++] = slice(from, i).count();
                separator = isEnd ? separator : c;
                from = i + 1;
            }
        }
        boolean isCompact = part == 1 && dateEnd - start == 8;
        if (isCompact) {
            long date = parts[0];
            parts = new long[] {date / 10_000, date / 100 % 100, date % 100};
        } else if (part != 3) {
            return false;
        }
        at = dateEnd + 1;
        skipSpaces();
        long time = readClock();
        if (time == Slice.INVALID) {
            at = start;
            return false;
        }
        boolean isYearFirst = isCompact || parts[0] > 31;
        timeIs(nanos(parts, isYearFirst, separator, time));
        return true;
    }

    /** {@code 3:29:17 PM}, {@code 15:29:17}, {@code 15.29.17}; nanoseconds since midnight. */
    private long readClock() {
        int from = at;
        int to = at;
        while (to < end
                && to < from + 16
                && (bytes[to] >= '0' && bytes[to] <= '9' || bytes[to] == ':' || bytes[to] == '.')) {
            to++;
        }
        int first = from;
        while (first < to && bytes[first] >= '0' && bytes[first] <= '9') {
            first++;
        }
        int second = first == to ? -1 : indexOf(first + 1, to, (char) bytes[first]);
        if (second < 0) {
            return Slice.INVALID;
        }
        long hour = slice(from, first).count();
        long minute = slice(first + 1, second).count();
        long seconds = slice(second + 1, to).count();
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || seconds < 0 || seconds > 60) {
            return Slice.INVALID;
        }
        at = to;
        // Newer versions of Windows put a narrow space, which is not ASCII, before the half of the day.
        while (at < end && (bytes[at] == ' ' || bytes[at] < 0)) {
            at++;
        }
        boolean isHalf = at + 2 < end && bytes[at + 2] == ' ' && (bytes[at + 1] | 0x20) == 'm';
        boolean isAfternoon = isHalf && (bytes[at] | 0x20) == 'p';
        if (isHalf && (isAfternoon || (bytes[at] | 0x20) == 'a')) {
            at += 3;
            hour = hour % 12 + (isAfternoon ? 12 : 0);
        }
        skipSpaces();
        return ((hour * 60 + minute) * 60 + seconds) * 1_000_000_000L;
    }

    private long nanos(long[] parts, boolean isYearFirst, char separator, long time) {
        for (long number : parts) {
            if (number < 0 || number > 9999) {
                return Slice.INVALID;
            }
        }
        int second = (int) (time / 1_000_000_000L);
        if (isYearFirst) {
            return clock().nanos((int) parts[0], (int) parts[1], (int) parts[2], second, 0);
        }
        int year = (int) (parts[2] < 100 ? 2000 + parts[2] : parts[2]);
        long monthFirst = clock().nanos(year, (int) parts[0], (int) parts[1], second, 0);
        long dayFirst = clock().nanos(year, (int) parts[1], (int) parts[0], second, 0);
        boolean isTold = !order.isEmpty() && (order.equals("mdy") ? monthFirst : dayFirst) != Slice.INVALID;
        if (isTold) {
            return order.equals("mdy") ? monthFirst : dayFirst;
        }
        if (monthFirst == Slice.INVALID || separator != '/') {
            return dayFirst != Slice.INVALID ? dayFirst : monthFirst;
        }
        return dayFirst == Slice.INVALID ? monthFirst : closer(monthFirst, dayFirst);
    }

    private long closer(long monthFirst, long dayFirst) {
        long reference = clock().referenceNanos();
        if (reference == Slice.INVALID) {
            return monthFirst;
        }
        return Math.abs(reference - dayFirst) < Math.abs(reference - monthFirst) ? dayFirst : monthFirst;
    }

    /** From the packet's address in memory on. */
    private void packet() {
        word();
        String transport = words.word(word());
        String direction = words.word(word());
        Slice peerWord = word();
        IpAddress peer = IpAddress.parse(peerWord);
        boolean isReceived = direction.equals("Rcv");
        if ((!isReceived && !direction.equals("Snd")) || !(transport.equals("UDP") || transport.equals("TCP"))) {
            rejectMalformed("PACKET ADDRESS UDP|TCP Snd|Rcv PEER XID [R] OPCODE [FLAGS] TYPE NAME");
            return;
        }
        if (peer == null) {
            rejectValue("peer", peerWord, "an IP address");
            return;
        }
        Slice exchangeWord = word();
        String exchange = exchangeWord.length() > 8 ? "" : exchangeWord.text();
        String opcode = words.word(word());
        boolean isResponse = opcode.equals("R");
        if (isResponse) {
            opcode = words.word(word());
        }
        int open = indexOf(at, end, '[');
        int close = open < 0 ? -1 : indexOf(open, end, ']');
        if (close < 0) {
            rejectMalformed("[FLAGS CODE] TYPE NAME");
            return;
        }
        if (!opcode.equals("Q")) {
            unused("opcode-" + opcode.toLowerCase(Locale.ROOT));
            return;
        }
        if (isReceived == isResponse) {
            unused(isResponse ? "upstream-response" : "upstream-query");
            return;
        }
        int code = lastIndexOf(open, close, ' ') + 1;
        String responseCode = code == 0 ? null : words.word(slice(code, close));
        at = close + 1;
        skipSpaces();
        String type = words.word(word());
        String question = name(at, end);
        long time = time();
        if (time == Slice.INVALID) {
            return;
        }
        pending = new DnsObservation(
                message().sensor(),
                message().site(),
                observerType(),
                exchange,
                time,
                peer,
                ABSENT,
                null,
                ABSENT,
                transport.equals("UDP") ? TransportProtocol.UDP : TransportProtocol.TCP,
                question,
                type.isEmpty() ? null : type,
                isResponse ? responseCode : null,
                isResponse,
                List.of());
    }

    /** {@code (3)www(7)example(3)com(0)}, behind an offset in brackets where it was folded. */
    private @Nullable String name(int from, int to) {
        int i = from < to && bytes[from] == '[' ? indexOf(from, to, ']') + 1 : from;
        StringBuilder name = new StringBuilder();
        while (i < to && bytes[i] == '(') {
            int close = indexOf(i, Math.min(to, i + 5), ')');
            long length = close < 0 ? -1 : slice(i + 1, close).count();
            if (length <= 0 || close + 1 + length > to || name.length() + length > LONGEST_NAME) {
                break;
            }
            if (!name.isEmpty()) {
                name.append('.');
            }
            name.append(slice(close + 1, (int) (close + 1 + length)).text());
            i = (int) (close + 1 + length);
        }
        return name.isEmpty() ? null : name.toString().toLowerCase(Locale.ROOT);
    }

    /** One line of the details of the packet before; only answers of a response that is kept are read. */
    private void detail() {
        DnsObservation packet = pending;
        if (packet == null || !packet.response()) {
            return;
        }
        if (find("SECTION:") >= 0) {
            isAnswerSection = isAt("ANSWER ");
        } else if (isAnswerSection) {
            answerField();
        }
    }

    private void answerField() {
        String field = words.word(word());
        switch (field) {
            case "Name" -> {
                answerType = null;
                answerTtl = ABSENT;
            }
            case "TYPE" -> answerType = words.word(word());
            case "TTL" -> {
                long ttl = word().count();
                answerTtl = ttl < 0 ? ABSENT : ttl;
            }
            case "DATA" -> {
                String type = answerType;
                String data = type == null ? null : data(type);
                if (type != null && data != null && answers.size() < ANSWER_LIMIT) {
                    answers.add(new Answer(data, type, answerTtl));
                }
            }
            default -> {}
        }
    }

    private @Nullable String data(String type) {
        int stop = end;
        while (stop > at && (bytes[stop - 1] == ' ' || bytes[stop - 1] == '"')) {
            stop--;
        }
        int from = at < stop && bytes[at] == '"' ? at + 1 : at;
        return switch (type) {
            case "A", "AAAA" -> {
                IpAddress address = IpAddress.parse(slice(from, stop));
                yield address == null ? null : address.toString();
            }
            case "CNAME", "NS", "PTR", "DNAME" -> name(from, stop);
            default -> null;
        };
    }

    static boolean isLikely(LogLine line) {
        return line.startsWith("DNS Server log file creation at")
                || line.startsWith("Message logging key (for packets")
                || (line.contains(" PACKET  ") && (line.contains(" Rcv ") || line.contains(" Snd ")));
    }
}
