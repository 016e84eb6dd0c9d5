package observatory.jobs.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The name under which a device is written: a keyed HMAC-SHA-256 of what it is told apart by, cut to 80 bits. Without the
 * key it cannot be computed from a MAC or address, of which there are few enough to try them all.
 */
public final class Pseudonyms {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private static final int REMEMBERED = 10_000;

    private final Mac mac;
    private final Predicate<String> erased;
    private final Map<String, String> remembered = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    private Pseudonyms(byte[] key, Predicate<String> erased) {
        this.erased = erased;
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA256", e);
        }
    }

    /** Pseudonyms under a key of {@link #KEY_BYTES} bytes; nobody is erased. */
    public static Pseudonyms of(byte[] key) {
        return of(key, pseudonym -> false);
    }

    private static Pseudonyms of(byte[] key, Predicate<String> erased) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a pseudonym key has " + KEY_BYTES + " bytes, this one " + key.length);
        }
        return new Pseudonyms(key, erased);
    }

    /**
     * Pseudonyms under the key in a file; where there is no file, a new random key is written, readable by its owner
     * only. Whoever deletes the file can never again link pseudonyms to devices.
     */
    public static Pseudonyms ofFile(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return of(HexFormat.of().parseHex(Files.readString(file).strip()), ErasedDevices.beside(file)::contains);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the pseudonym key " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the pseudonym key " + file + " is damaged: wanted 64 hex digits", e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(key) + "\n");
        } catch (FileAlreadyExistsException e) {
            return; // another process was faster, and its key is the one
        }
    }

    /** Whether who that is must not be written any more; see {@link ErasedDevices}. */
    boolean isErased(String pseudonym) {
        return erased.test(pseudonym);
    }

    /** The pseudonym of a device key: {@code dev-} and 20 hex digits. */
    public synchronized String of(String deviceKey) {
        return remembered.computeIfAbsent(deviceKey, this::compute);
    }

    /**
     * The name under which something else is written that must not be guessed either: {@code con-} and 20 hex digits.
     *
     * @param kind three letters for what it is; never {@code dev}
     */
    public synchronized String of(String kind, String text) {
        return keyed(kind, kind + "\n" + text);
    }

    private String compute(String deviceKey) {
        return keyed("dev", deviceKey);
    }

    private String keyed(String kind, String text) {
        byte[] full = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        return kind + "-" + HexFormat.of().formatHex(full, 0, 10);
    }
}
