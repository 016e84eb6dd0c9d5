package observatory.geo.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * By what MaxMind knows its customer. The key is a secret: it appears in no text.
 *
 * @param account account id
 * @param key licence key
 */
public record Credentials(String account, String key) {
    private static final Set<PosixFilePermission> OWN =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    public Credentials {
        if (!account.matches("[0-9]{1,20}")) {
            throw new IllegalArgumentException("MaxMind's account id is a number");
        }
        if (!key.matches("[A-Za-z0-9_]{10,100}")) {
            throw new IllegalArgumentException("MaxMind's licence key has letters, digits and underscores only");
        }
    }

    /**
     * Reads a file in the form of MaxMind's own {@code GeoIP.conf}: lines {@code AccountID 123} and {@code LicenseKey abc}.
     *
     * @throws IllegalArgumentException when others may read it, or it lacks a line
     * @throws IOException when it cannot be read
     */
    public static Credentials ofFile(Path file) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (!OWN.containsAll(mode)) {
            throw new IllegalArgumentException(
                    "others than its owner may use " + file + ", which holds a key; run: chmod 600 " + file);
        }
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+", 2);
            if (words.length == 2 && !words[0].startsWith("#")) {
                values.put(words[0], words[1]);
            }
        }
        String account = values.get("AccountID");
        String key = values.get("LicenseKey");
        if (account == null || key == null) {
            throw new IllegalArgumentException(file + " lacks a line 'AccountID ...' or 'LicenseKey ...'");
        }
        return new Credentials(account, key);
    }

    /** Value of the header by which HTTP takes them (RFC 7617). */
    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((account + ":" + key).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "account " + account;
    }
}
