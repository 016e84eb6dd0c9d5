package observatory.geo.party;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import observatory.geo.catalogue.TextPool;
import org.jspecify.annotations.Nullable;

/**
 * From a MAC address to its maker, by the longest prefix of the IEEE registries: 36, 28 or 24 bits. A locally administered
 * address (bit 1 of the first octet) has no maker, because somebody made it up.
 */
public final class DeviceMakers {
    /** A registry without assignments. */
    public static final DeviceMakers EMPTY =
            new DeviceMakers(new long[0], new int[0], new TextPool.Builder().build(), List.of());

    private static final int[] DIGITS = {9, 7, 6};
    private static final long LOCAL_OR_GROUP = 0x0300_0000_0000L;

    private final long[]
            keys; // prefix left-aligned in 48 bits, shifted by a byte that holds the number of digits; sorted
    private final int[] names;
    private final TextPool texts;
    private final List<ShortName> shortNames;

    private record ShortName(String start, String name) {}

    private DeviceMakers(long[] keys, int[] names, TextPool texts, List<ShortName> shortNames) {
        this.keys = keys;
        this.names = names;
        this.texts = texts;
        this.shortNames = shortNames;
    }

    /**
     * The maker of an address.
     *
     * @param mac the 48 bits of the address in network order
     */
    public Optional<DeviceMaker> of(long mac) {
        if ((mac & LOCAL_OR_GROUP) != 0 || mac >>> 48 != 0) {
            return Optional.empty();
        }
        for (int digits : DIGITS) {
            int index = Arrays.binarySearch(keys, key(mac & -1L << (48 - 4 * digits), digits));
            if (index >= 0) {
                String organisation = texts.get(names[index]);
                String prefix = String.format(Locale.ROOT, "%012X", mac).substring(0, digits);
                return Optional.of(new DeviceMaker(shortName(organisation), organisation, prefix));
            }
        }
        return Optional.empty();
    }

    /** The maker of an address in text, twelve hex digits with or without {@code :}, {@code -} or {@code .} between them. */
    public Optional<DeviceMaker> of(@Nullable String mac) {
        long bits = parse(mac);
        return bits < 0 ? Optional.empty() : of(bits);
    }

    /** The short name of a maker that somebody calls by a short name or by how organisations of the registry begin. */
    public Optional<String> named(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return shortNames.stream()
                .filter(known -> startsWithWord(lower, known.start) || known.name.equalsIgnoreCase(word))
                .map(ShortName::name)
                .findFirst();
    }

    /** Number of assignments. */
    public int size() {
        return keys.length;
    }

    /** The same registry with the short names of a catalogue file. */
    public DeviceMakers withShortNames(CatalogueFile file) {
        List<ShortName> wanted = new ArrayList<>();
        for (Entry entry : file.entries("makers")) {
            entry.allow("name", "starts", "grade", "source", "date").provenance();
            for (String start : entry.texts("starts")) {
                wanted.add(new ShortName(start.toLowerCase(Locale.ROOT), entry.filled("name")));
            }
        }
        return new DeviceMakers(keys, names, texts, List.copyOf(wanted));
    }

    /**
     * Reads the JSON of npm {@code oui-data}: prefix to organisation, address and country in lines.
     *
     * @throws IOException when the file cannot be read or is not of this form
     */
    public static DeviceMakers readJson(Path file) throws IOException {
        TextPool.Builder texts = new TextPool.Builder();
        TreeMap<Long, Integer> assignments = new TreeMap<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(file + ": expected one object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String prefix = json.currentName();
                String[] lines = json.nextTextValue().split("\n", 2);
                if (prefix.matches("[0-9A-F]{6}|[0-9A-F]{7}|[0-9A-F]{9}")) {
                    long left = Long.parseLong(prefix, 16) << (48 - 4 * prefix.length());
                    assignments.put(key(left, prefix.length()), texts.add(lines[0].strip()));
                }
            }
        }
        long[] keys = assignments.keySet().stream().mapToLong(Long::longValue).toArray();
        int[] names = assignments.values().stream().mapToInt(Integer::intValue).toArray();
        return new DeviceMakers(keys, names, texts.build(), List.of());
    }

    /** The stored form, without short names, which {@link #readFrom} reads. */
    public ByteBuffer toBytes() {
        ByteBuffer out = ByteBuffer.allocate(4 + keys.length * 12 + texts.storedBytes());
        out.putInt(keys.length);
        for (long key : keys) {
            out.putLong(key);
        }
        for (int name : names) {
            out.putInt(name);
        }
        texts.writeTo(out);
        return out.flip();
    }

    public static DeviceMakers readFrom(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || in.remaining() < count * 12L) {
            throw new IllegalArgumentException("damaged registry");
        }
        long[] keys = new long[count];
        int[] names = new int[count];
        in.asLongBuffer().get(keys);
        in.position(in.position() + count * 8);
        in.asIntBuffer().get(names);
        in.position(in.position() + count * 4);
        return new DeviceMakers(keys, names, TextPool.readFrom(in), List.of());
    }

    private String shortName(String organisation) {
        String lower = organisation.toLowerCase(Locale.ROOT);
        for (ShortName candidate : shortNames) {
            if (startsWithWord(lower, candidate.start)) {
                return candidate.name;
            }
        }
        return organisation;
    }

    /** Whether the text begins with the word and the word ends there: "polycom" is not "poly". */
    private static boolean startsWithWord(String text, String word) {
        return text.startsWith(word)
                && (text.length() == word.length() || !Character.isLetterOrDigit(text.charAt(word.length())));
    }

    private static long key(long left, int digits) {
        return left << 8 | digits;
    }

    private static long parse(@Nullable String mac) {
        if (mac == null || mac.length() < 12 || mac.length() > 17) {
            return -1;
        }
        long bits = 0;
        int digits = 0;
        for (int i = 0; i < mac.length(); i++) {
            char c = mac.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit >= 0) {
                bits = bits << 4 | digit;
                digits++;
            } else if (c != ':' && c != '-' && c != '.') {
                return -1;
            }
        }
        return digits == 12 ? bits : -1;
    }
}
