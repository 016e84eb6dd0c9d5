package observatory.ingest.zeek;

import java.util.Locale;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.DnsObservation.Answer;
import org.jspecify.annotations.Nullable;

/** Zeek logs the data of answers without their types; this infers them. */
final class ZeekAnswer {
    private ZeekAnswer() {}

    /**
     * An address is A or AAAA by its syntax. A name that answers a question for addresses or services is a CNAME on the
     * way there. All else is what was asked for.
     */
    static Answer of(String data, @Nullable String questionType, long ttlSeconds) {
        IpAddress address = startsLikeAddress(data) ? IpAddress.parse(data) : null;
        if (address != null) {
            boolean isIpv4 = data.indexOf(':') < 0;
            return new Answer(isIpv4 ? data : address.toString(), isIpv4 ? "A" : "AAAA", ttlSeconds);
        }
        if (questionType == null) {
            return new Answer(name(data), "CNAME", ttlSeconds);
        }
        return switch (questionType) {
            case "A", "AAAA" -> new Answer(name(data), "CNAME", ttlSeconds);
            case "HTTPS", "SVCB" ->
                looksLikeName(data)
                        ? new Answer(name(data), "CNAME", ttlSeconds)
                        : new Answer(data, questionType, ttlSeconds);
            case "TXT", "SPF" -> new Answer(data, questionType, ttlSeconds);
            default -> new Answer(name(data), questionType, ttlSeconds);
        };
    }

    private static boolean startsLikeAddress(String data) {
        if (data.isEmpty()) {
            return false;
        }
        char first = data.charAt(0);
        return first == ':' || Character.digit(first, 16) >= 0;
    }

    private static boolean looksLikeName(String data) {
        return data.indexOf('.') > 0 && data.indexOf(' ') < 0;
    }

    private static String name(String data) {
        String name = data.endsWith(".") ? data.substring(0, data.length() - 1) : data;
        return name.toLowerCase(Locale.ROOT);
    }
}
