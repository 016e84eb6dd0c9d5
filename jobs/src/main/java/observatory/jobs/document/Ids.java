package observatory.jobs.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Document ids: a hash of what the document is about. They are made of pseudonyms, never of raw identities: a hash of a
 * private address can be undone by trying all of them.
 */
final class Ids {
    private static final int BYTES = 15; // 120 bits, 20 characters without padding

    private Ids() {}

    static String of(@Nullable Object... parts) {
        StringBuilder text = new StringBuilder(128);
        for (@Nullable Object part : parts) {
            text.append(part).append('\n');
        }
        try {
            byte[] full =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(full, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
