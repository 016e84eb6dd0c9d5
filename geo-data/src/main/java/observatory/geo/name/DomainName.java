package observatory.geo.name;

import com.google.common.net.InternetDomainName;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A domain name in its one normal form: lower case, ASCII (IDNA for everything else), no trailing dot.
 *
 * @param text 1 to 253 characters; labels of 1 to 63 letters, digits, hyphens and underscores, the first may be {@code *}
 */
public record DomainName(String text) {
    /** RFC 1035 section 2.3.4, without the root's dot. */
    private static final int LONGEST = 253;

    private static final int LONGEST_LABEL = 63;

    public DomainName {
        if (!isNormal(text)) {
            throw new IllegalArgumentException("not a normalised domain name: " + text);
        }
    }

    /**
     * Normalises a name from a log. Addresses are not names, also where a log gives one as server name.
     *
     * @return the name, or null when the text is not one
     */
    public static @Nullable DomainName parse(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST + 1) {
            return null;
        }
        String name = text.charAt(text.length() - 1) == '.' ? text.substring(0, text.length() - 1) : text;
        if (!isNormal(name)) {
            name = normalise(name);
        }
        return isNormal(name) && IpAddress.parse(name) == null ? new DomainName(name) : null;
    }

    /** Like {@link #parse} for text that must be a name. */
    public static DomainName of(String text) {
        DomainName name = parse(text);
        if (name == null) {
            throw new IllegalArgumentException("not a domain name: " + text);
        }
        return name;
    }

    /**
     * The part that somebody registered: the public suffix (Public Suffix List, private section included, so that two
     * customers of one cloud are two) and one label. Names below an unknown top-level domain count as registered below it.
     *
     * @return empty for a single label and for a name that is itself a public suffix
     */
    public Optional<String> registrableDomain() {
        int lastDot = text.lastIndexOf('.');
        if (lastDot < 0 || text.startsWith("*")) {
            return lastDot < 0
                    ? Optional.empty()
                    : DomainName.of(text.substring(2)).registrableDomain();
        }
        if (!InternetDomainName.isValid(text)) {
            return Optional.of(lastLabels(lastDot));
        }
        InternetDomainName name = InternetDomainName.from(text);
        if (!name.hasPublicSuffix()) {
            return Optional.of(lastLabels(lastDot));
        }
        return name.isUnderPublicSuffix() ? Optional.of(name.topPrivateDomain().toString()) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }

    private String lastLabels(int lastDot) {
        return text.substring(text.lastIndexOf('.', lastDot - 1) + 1);
    }

    private static String normalise(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 128)) {
            return lower;
        }
        try {
            return IDN.toASCII(lower, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notIdna) {
            return "";
        }
    }

    private static boolean isNormal(String name) {
        int length = name.length();
        if (length == 0 || length > LONGEST) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= length; i++) {
            char c = i == length ? '.' : name.charAt(i);
            if (c == '.') {
                if (i == start || i - start > LONGEST_LABEL) {
                    return false;
                }
                start = i + 1;
            } else if (!isNameCharacter(c) && !(c == '*' && i == 0 && length > 2 && name.charAt(1) == '.')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
