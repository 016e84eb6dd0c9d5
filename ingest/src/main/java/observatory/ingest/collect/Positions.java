package observatory.ingest.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/** The file in which positions are kept: replaced as a whole, so that a reader finds the old or the new, never half. */
final class Positions implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Path half;
    private final FileChannel lock;

    /** @param folder where the file lies; made when missing */
    Positions(Path folder) {
        this.file = folder.resolve("positions.json");
        this.half = folder.resolve("positions.json.new");
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(folder.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked()) {
                lock.close();
                throw new CollectException(
                        "another collector follows files with the positions in " + folder + "; stop that one first",
                        null);
            }
        } catch (IOException e) {
            throw new CollectException("the folder " + folder + " for positions in files cannot be made: " + e, e);
        }
    }

    private boolean isLocked() throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    /** Lets another collector have the folder. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new CollectException("the lock of " + file + " cannot be let go: " + e, e);
        }
    }

    /** What was written last; nothing at the first start. */
    List<Position> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Position> positions = new ArrayList<>();
        try {
            for (JsonNode node : JSON.readTree(file.toFile()).path("files")) {
                positions.add(new Position(
                        node.path("stream").asText(),
                        node.path("path").asText(),
                        node.path("inode").asText(),
                        new Fingerprint(
                                node.path("head").asInt(), node.path("sum").asLong()),
                        node.path("offset").asLong(),
                        node.path("line").asLong(1),
                        Base64.getDecoder().decode(node.path("header").asText()),
                        node.path("seen").asLong()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new CollectException(
                    file + " cannot be read, so that files would be sent twice (" + e.getMessage()
                            + "); repair it, or delete it to read all files from their beginning",
                    e);
        }
        return positions;
    }

    /** Replaces what was written; on disk when this returns. */
    void write(Collection<Position> positions) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode array = root.putArray("files");
        for (Position position : positions) {
            ObjectNode node = array.addObject();
            node.put("stream", position.stream());
            node.put("path", position.path());
            node.put("inode", position.inode());
            node.put("head", position.fingerprint().length());
            node.put("sum", position.fingerprint().sum());
            node.put("offset", position.offset());
            node.put("line", position.line());
            node.put("header", position.headerText());
            node.put("seen", position.seenMillis());
        }
        byte[] bytes = root.toPrettyString().getBytes(StandardCharsets.UTF_8);
        try {
            try (FileChannel channel = FileChannel.open(
                    half, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CollectException("positions in files cannot be written to " + file + ": " + e, e);
        }
    }
}
