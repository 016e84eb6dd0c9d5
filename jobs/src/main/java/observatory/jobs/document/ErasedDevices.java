package observatory.jobs.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose identity must not be written any more: a file beside the key of the pseudonyms, mode 0600, to which lines are
 * added only. {@code +dev-...} erases, {@code -dev-...} takes that back; the last line about a device counts. It names
 * pseudonyms and nothing that leads to a person. Running jobs see what is added: the file is read again whenever it has
 * changed.
 */
public final class ErasedDevices {
    private static final Pattern LINE = Pattern.compile("[+-]dev-[0-9a-f]{20}");

    private final Path file;
    private Set<String> pseudonyms = Set.of();
    private @Nullable State read;

    /** What tells that a file is not the one that was read. */
    private record State(
            long bytes, FileTime modified, @Nullable Object inode) {}

    private ErasedDevices(Path file) {
        this.file = file;
    }

    /** The list that belongs to a key; there need not be one. */
    public static ErasedDevices beside(Path key) {
        return new ErasedDevices(key.resolveSibling(key.getFileName() + ".erased"));
    }

    /** Where the list lies. */
    public Path file() {
        return file;
    }

    /**
     * Whether a device is erased, by the file as it is now.
     *
     * @throws UncheckedIOException when there is a list and it cannot be read: better nothing is written then
     * @throws IllegalArgumentException when a line is neither an erasure nor its taking back
     */
    public synchronized boolean contains(String pseudonym) {
        try {
            State now = state();
            if (now == null) {
                pseudonyms = Set.of();
            } else if (!now.equals(read)) {
                pseudonyms = parse(Files.readString(file));
            }
            read = now;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the list of erased devices " + file + ": " + e.getMessage(), e);
        }
        return pseudonyms.contains(pseudonym);
    }

    private @Nullable State state() throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(found.size(), found.lastModifiedTime(), found.fileKey());
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private Set<String> parse(String text) {
        Set<String> erased = new HashSet<>();
        // A line that is just being written has no end yet; the file will have changed again when it has.
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        for (String line : whole.lines().toList()) {
            if (!LINE.matcher(line).matches()) {
                throw new IllegalArgumentException("the list of erased devices " + file + " is damaged: '" + line
                        + "' is not + or - and a pseudonym");
            }
            if (line.charAt(0) == '+') {
                erased.add(line.substring(1));
            } else {
                erased.remove(line.substring(1));
            }
        }
        return erased;
    }

    /** Erases devices; on disk when this returns. */
    public void add(Set<String> devices) {
        append('+', devices);
    }

    /** Takes back the erasure of devices: what is seen of them from now on is written again. */
    public void remove(Set<String> devices) {
        append('-', devices);
    }

    private void append(char sign, Set<String> devices) {
        StringBuilder lines = new StringBuilder();
        for (String device : new java.util.TreeSet<>(devices)) {
            if (contains(device) != (sign == '+')) {
                lines.append(sign).append(device).append('\n');
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot add to the list of erased devices " + file + ": " + e.getMessage(), e);
        }
    }
}
