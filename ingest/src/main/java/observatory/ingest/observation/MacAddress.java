package observatory.ingest.observation;

import org.jspecify.annotations.Nullable;

/** Hardware addresses in the form ECS wants: {@code 00-15-65-AA-BB-CC}. */
public final class MacAddress {
    private static final int DIGITS = 12;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final String UNSPECIFIED = "00-00-00-00-00-00";

    private MacAddress() {}

    /**
     * Reads six octets with or without separators (colon, hyphen, dot), in any case.
     *
     * @return the ECS form, or null when the text is no EUI-48 address or the unspecified one (all zeros)
     */
    public static @Nullable String ecs(CharSequence text) {
        if (text.length() > DIGITS + 5) {
            return null;
        }
        StringBuilder address = new StringBuilder(DIGITS + 5);
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = Character.digit(c, 16);
            if (value < 0) {
                if (c != ':' && c != '-' && c != '.') {
                    return null;
                }
                continue;
            }
            if (digits > 0 && digits % 2 == 0) {
                address.append('-');
            }
            address.append(Character.toUpperCase(Character.forDigit(value, 16)));
            digits++;
        }
        String ecs = address.toString();
        return digits != DIGITS || ecs.equals(UNSPECIFIED) ? null : ecs;
    }

    /** The ECS form of the low 48 bits. */
    public static String ecs(long bits) {
        char[] text = new char[DIGITS + 5];
        int at = 0;
        for (int shift = 44; shift >= 0; shift -= 4) {
            if (at % 3 == 2) {
                text[at++] = '-';
            }
            text[at++] = HEX[(int) (bits >>> shift) & 0xf];
        }
        return new String(text);
    }
}
