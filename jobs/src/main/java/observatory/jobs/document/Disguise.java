package observatory.jobs.document;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import observatory.geo.address.IpAddress;
import observatory.jobs.attribute.Device;
import org.jspecify.annotations.Nullable;

/**
 * Takes what tells a device out of texts that somebody else wrote: names that were asked for, answers, samples of input.
 * Phones ask for names that hold their own MAC or address, and reverse lookups are addresses written backwards.
 */
final class Disguise {
    /** Stands where an address from inside stood. */
    static final String INSIDE = "inside";

    private static final String REVERSE_4 = ".in-addr.arpa";
    private static final String REVERSE_6 = ".ip6.arpa";
    private static final int NIBBLES = 32;

    /** A name so short is a word, not the name of a host. */
    private static final int SHORTEST_HOST_NAME = 3;

    /** What a sentence about bad input quotes, and what looks like an address or a MAC. */
    private static final Pattern TELLING = Pattern.compile("'[^']*'|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b"
            + "|\\b\\p{XDigit}{2}(?:[:-]\\p{XDigit}{2}){5}\\b|\\b\\p{XDigit}*(?::\\p{XDigit}*){2,}");

    /** Where a MAC may begin and end beside letters: {@code mac001565aabbcc} and {@code phone001565aabbcc} hold one. */
    private static final String BEGIN = "(?:(?<!\\p{XDigit})|(?<=[g-z][a-f]{1,8}))";

    private static final String END = "(?:(?!\\p{XDigit})|(?=[a-f]{1,8}[g-z]))";

    /** A MAC of 12 hex digits or with separators within a name. */
    private static final Pattern MAC = Pattern.compile(BEGIN + "(?:(?=[a-f]*\\d)\\p{XDigit}{12}"
            + "|\\p{XDigit}{2}(?:([:._-])\\p{XDigit}{2})(?:\\1\\p{XDigit}{2}){4}"
            + "|(?=[a-f.-]*\\d)\\p{XDigit}{4}([.-])\\p{XDigit}{4}\\2\\p{XDigit}{4})" + END);

    /** An address with dots or dashes within a name. */
    private static final Pattern DASHED = Pattern.compile("(?<!\\d)\\d{1,3}(?:[.-]\\d{1,3}){3}(?!\\d)");

    /** An address within a sentence, and the length of the network where it is one. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\w.:-])(?<address>\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\.?\\w)"
                    + "|(?:\\p{XDigit}{0,4}:){2,7}(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\p{XDigit}{1,4}|(?<=::))(?!\\w))"
                    + "(?:/(?<length>\\d{1,3})(?!\\w))?");

    /** Networks of this length or shorter name nobody. */
    private static final int SHARED_4 = 24;

    private static final int SHARED_6 = 64;

    private final Predicate<IpAddress> inside;

    /** @param inside whether an address may be that of a device */
    Disguise(Predicate<IpAddress> inside) {
        this.inside = inside;
    }

    /**
     * A name without devices: the own MAC, address and host name become the pseudonym; what looks like another MAC, as long
     * as no lease told whose it is, and other addresses from inside become {@link #INSIDE}.
     */
    @Nullable
    String name(@Nullable String name, Device device, String pseudonym) {
        if (name == null || name.isEmpty()) {
            return name;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        boolean isBackwards = lower.endsWith(".arpa");
        String own = isBackwards ? backwards(lower, device, pseudonym) : named(lower, device, pseudonym);
        if (!mayTell(own)) {
            return own;
        }
        String anonymous = MAC.matcher(own).replaceAll(INSIDE);
        return isBackwards ? anonymous : DASHED.matcher(anonymous).replaceAll(this::another);
    }

    /** Whether a MAC or an address may be in a name: most names have no digit, and a MAC of letters alone has six parts. */
    private static boolean mayTell(String name) {
        int separators = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isDigit(c)) {
                return true;
            }
            if (c == '.' || c == '-' || c == ':' || c == '_') {
                separators++;
            }
        }
        return separators >= 5;
    }

    private static String named(String name, Device device, String pseudonym) {
        String lower = name;
        String mac = device.mac();
        if (mac != null) {
            String dashed = mac.toLowerCase(Locale.ROOT);
            lower = lower.replace(dashed, pseudonym)
                    .replace(dashed.replace("-", ""), pseudonym)
                    .replace(dashed.replace('-', ':'), pseudonym);
        }
        lower = withoutAddress(lower, device.address(), pseudonym);
        lower = withoutAddress(lower, device.address().replace('.', '-'), pseudonym);
        String host = device.hostName();
        return host == null ? lower : withoutHost(lower, host.toLowerCase(Locale.ROOT), pseudonym);
    }

    /**
     * A sentence in which addresses from inside are called otherwise. Networks of many stay as they are.
     *
     * @param kept words of which no part is touched although it looks like an address, as firmware and sensors do
     * @param calling how an address is called
     */
    String told(String text, List<String> kept, Function<IpAddress, String> calling) {
        String words = kept.stream()
                .filter(word -> !word.isEmpty())
                .map(word -> "(?<!\\w)" + Pattern.quote(word) + "(?![.:]?\\w)|")
                .collect(Collectors.joining());
        return Pattern.compile(words + ADDRESS.pattern()).matcher(text).replaceAll(found -> {
            String written = found.group("address");
            IpAddress address = written == null ? null : IpAddress.parse(written);
            boolean isTelling = address != null && inside.test(address) && !isShared(address, found.group("length"));
            return Matcher.quoteReplacement(isTelling ? calling.apply(address) : found.group());
        });
    }

    /** A text in which the word is another, where it stands whole: 10.1.1.1 is not part of 10.1.1.10. */
    static String whole(String text, String word, String other) {
        return Pattern.compile("(?<![\\w.:-])" + Pattern.quote(word) + "(?![.:-]?\\w)")
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement(other));
    }

    private static boolean isShared(IpAddress address, @Nullable String length) {
        return length != null && Integer.parseInt(length) <= (address.isIpv4() ? SHARED_4 : SHARED_6);
    }

    private String another(MatchResult found) {
        IpAddress address = IpAddress.parse(found.group().replace('-', '.'));
        return address != null && inside.test(address) ? INSIDE : found.group();
    }

    private String backwards(String name, Device device, String pseudonym) {
        IpAddress address = name.endsWith(REVERSE_4)
                ? reversed4(name.substring(0, name.length() - REVERSE_4.length()))
                : name.endsWith(REVERSE_6) ? reversed6(name.substring(0, name.length() - REVERSE_6.length())) : null;
        if (address == null || !inside.test(address)) {
            return name;
        }
        String who = address.toString().equals(device.address()) ? pseudonym : INSIDE;
        return who + (name.endsWith(REVERSE_4) ? REVERSE_4 : REVERSE_6);
    }

    /** Labels before the address, as service discovery writes them, do not matter. */
    private static @Nullable IpAddress reversed4(String labels) {
        String[] parts = labels.split("\\.");
        int last = parts.length - 1;
        return last < 3
                ? null
                : IpAddress.parse(parts[last] + "." + parts[last - 1] + "." + parts[last - 2] + "." + parts[last - 3]);
    }

    private static @Nullable IpAddress reversed6(String labels) {
        String[] parts = labels.split("\\.");
        if (parts.length < NIBBLES) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < NIBBLES; i++) {
            text.append(i > 0 && i % 4 == 0 ? ":" : "").append(parts[parts.length - 1 - i]);
        }
        return IpAddress.parse(text.toString());
    }

    /** 10.1.1.1 must not be found in 10.1.1.10. */
    private static String withoutAddress(String text, String address, String pseudonym) {
        int at = text.indexOf(address);
        if (at < 0) {
            return text;
        }
        int end = at + address.length();
        boolean isWhole =
                (at == 0 || !isDigit(text.charAt(at - 1))) && (end == text.length() || !isDigit(text.charAt(end)));
        return isWhole ? text.substring(0, at) + pseudonym + text.substring(end) : text;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String withoutHost(String name, String host, String pseudonym) {
        String first = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
        if (first.length() < SHORTEST_HOST_NAME) {
            return name;
        }
        if (name.equals(first)) {
            return pseudonym;
        }
        String inner = name.replace("." + first + ".", "." + pseudonym + ".");
        return inner.startsWith(first + ".") ? pseudonym + inner.substring(first.length()) : inner;
    }

    /** An answer: an address from inside is not told, a name is like any name. */
    String answer(String data, Device device, String pseudonym) {
        IpAddress address = IpAddress.parse(data);
        if (address != null) {
            return inside.test(address) ? INSIDE : data;
        }
        String name = name(data, device, pseudonym);
        return name == null ? "" : name;
    }

    /** A sentence about bad input, without what it quotes. */
    static String sentence(String words) {
        return TELLING.matcher(words).replaceAll("'...'");
    }
}
