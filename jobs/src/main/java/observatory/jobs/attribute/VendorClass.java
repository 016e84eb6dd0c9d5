package observatory.jobs.attribute;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a DHCP vendor class (option 60) tells of a phone, where it has the usual shape {@code maker model firmware}:
 * {@code Yealink SIP-T54W 96.86.0.70} and a known maker. Anything else, as {@code udhcp 1.15.2}, tells nothing and is not
 * guessed at.
 */
record VendorClass(
        @Nullable String maker,
        @Nullable String model,
        @Nullable String firmware) {
    private static final VendorClass NOTHING = new VendorClass(null, null, null);
    private static final Pattern SHAPE = Pattern.compile(
            "([A-Za-z][A-Za-z/]{1,30}) ([A-Za-z0-9][\\w .()+-]{0,40}?)(?: v?(\\d+(?:\\.\\d+){1,5}\\w{0,8}))?");

    /** @param makers DHCP clients and operating systems have the same shape: only makers of devices are believed */
    static VendorClass parse(@Nullable String text, Makers makers) {
        if (text == null || text.length() > 100) {
            return NOTHING;
        }
        Matcher matcher = SHAPE.matcher(text.strip());
        String maker = matcher.matches() ? makers.makerNamed(matcher.group(1)) : null;
        return maker == null ? NOTHING : new VendorClass(maker, matcher.group(2), matcher.group(3));
    }
}
