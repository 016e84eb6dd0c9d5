package observatory.ingest.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import observatory.ingest.archive.ArchiveFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows log files: what is added to them goes to Kafka, whatever the writer and logrotate do.
 *
 * <ul>
 *   <li>Renamed: it is the same file, and is read to its end under whichever name.
 *   <li>Copied and emptied: a file that begins like a known one in the same folder is its copy, and is read from where the
 *       known one was left; what begins in the emptied file is a new writing.
 *   <li>Killed and started again: positions are written down only when Kafka has acknowledged. What is sent twice is taken
 *       out by {@link Repeats}: each writing of a file has a name that is written down before its first block is sent.
 * </ul>
 *
 * One thread reads all files in turn. When Kafka is slow it waits, and the files with it.
 */
final class FileTailer implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SAVE = Duration.ofSeconds(1);

    /** A writer may go on writing to a renamed file for as long until it opens the new one. */
    private static final Duration LINGER = Duration.ofSeconds(60);

    /** Positions of files that were not seen for so long are forgotten. */
    private static final Duration FORGET = Duration.ofDays(7);

    private static final int BLOCKS_A_TURN = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final String LISTENER = "file";
    private static final Logger LOG = LoggerFactory.getLogger(FileTailer.class);

    private final List<Watched> watched;
    private final Positions file;
    private final Counts counts;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Thread thread = new Thread(this::run, "file-tailer");
    /** By stream: files that are open. */
    private final Map<String, TailedFile> open = new LinkedHashMap<>();
    /** By stream: files that are not. */
    private final Map<String, Position> resting = new HashMap<>();

    private volatile boolean isStopped;
    private volatile @Nullable RuntimeException failure;
    private boolean hasNew;
    private List<Position> saved = List.of();
    private long streams;

    private record Watched(CollectSettings.Files settings, FilePattern pattern) {}

    FileTailer(List<CollectSettings.Files> settings, Path state, Counts counts, Outbox outbox, InstantSource clock) {
        this.watched = settings.stream()
                .map(one -> new Watched(one, new FilePattern(one.pattern())))
                .toList();
        this.file = new Positions(state);
        this.counts = counts;
        this.outbox = outbox;
        this.clock = clock;
        file.read().forEach(position -> resting.put(position.stream(), position));
    }

    void start() {
        thread.start();
    }

    private void run() {
        long lastLook = System.nanoTime() - LOOK.toNanos();
        long lastSave = System.nanoTime();
        try {
            while (!isStopped) {
                if (System.nanoTime() - lastLook >= LOOK.toNanos()) {
                    look();
                    lastLook = System.nanoTime();
                }
                boolean hasSent = sendAll();
                if (System.nanoTime() - lastSave >= SAVE.toNanos()) {
                    save();
                    lastSave = System.nanoTime();
                }
                if (!hasSent) {
                    Thread.sleep(LOOK.toMillis() / 2);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e; // whoever started it asks; files must not stand still without a word
        }
    }

    /** What ended the reading; null as long as it goes on. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    private void look() {
        long now = clock.millis();
        Set<String> seen = new HashSet<>();
        if (saved.isEmpty()) {
            reopenRenamed(now, seen);
        }
        for (Watched one : watched) {
            for (Path path : one.pattern().files()) {
                try {
                    look(one.settings(), path, now, seen);
                } catch (IOException | UncheckedIOException unreadable) {
                    LOG.info("{} cannot be followed", path, unreadable);
                }
            }
        }
        rest(now, seen);
        resting.values().removeIf(position -> now - position.seenMillis() > FORGET.toMillis());
    }

    private void look(CollectSettings.Files settings, Path path, long now, Set<String> seen) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        String inode = String.valueOf(attributes.fileKey());
        if (attributes.size() == 0) {
            return; // nothing to know it by yet; what was read of it before it was emptied rests
        }
        for (TailedFile tailed : List.copyOf(open.values())) {
            if (tailed.position().inode().equals(inode)) {
                if (tailed.isSame()) {
                    tailed.seen(path, inode, now);
                    seen.add(tailed.position().stream());
                    return;
                }
                LOG.info("{} was emptied and is written anew", path);
                rest(tailed, true);
            }
        }
        Position known = find(path, inode, seen);
        if (known == null) {
            if (isCopyOfOpen(path, inode)) {
                return;
            }
            known = begin(settings, path, inode, now);
            hasNew = true;
        }
        resting.remove(known.stream());
        TailedFile tailed = TailedFile.open(settings, path, known);
        tailed.seen(path, inode, now);
        open.put(known.stream(), tailed);
        seen.add(known.stream());
    }

    /** A writing that rests and goes on in this file: the same file, or the copy of one that was emptied. */
    private @Nullable Position find(Path path, String inode, Set<String> seen) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            Position copied = null;
            for (Position position : resting.values()) {
                boolean fits = !seen.contains(position.stream())
                        && channel.size() >= position.offset()
                        && position.fingerprint().fits(channel);
                if (fits && position.inode().equals(inode)) {
                    return position;
                }
                if (fits && isTelling(position) && isNeighbour(position, path) && !isWhereItWas(position)) {
                    copied = position;
                }
            }
            return copied;
        }
    }

    /** Whether the writing is still to be found in its own file, so that another one is but a copy. */
    private boolean isWhereItWas(Position position) {
        Path path = Path.of(position.path());
        try (FileChannel channel = FileChannel.open(path)) {
            String inode = String.valueOf(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
            return position.inode().equals(inode) && position.fingerprint().fits(channel);
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean isCopyOfOpen(Path path, String inode) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            for (TailedFile tailed : open.values()) {
                Position position = tailed.position();
                if (!position.inode().equals(inode)
                        && isTelling(position)
                        && isNeighbour(position, path)
                        && position.fingerprint().fits(channel)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isTelling(Position position) {
        return position.fingerprint().length() >= Fingerprint.TELLING;
    }

    private static boolean isNeighbour(Position position, Path path) {
        return Objects.equals(Path.of(position.path()).getParent(), path.getParent());
    }

    private Position begin(CollectSettings.Files settings, Path path, String inode, long now) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            Fingerprint fingerprint = Fingerprint.of(channel, Fingerprint.LONGEST);
            String sensor = settings.sensor() == null ? ArchiveFile.folderName(path) : settings.sensor();
            String stream =
                    sensor + '|' + path.getFileName() + '|' + Long.toString(now, Character.MAX_RADIX) + '-' + streams++;
            return new Position(stream, path.toString(), inode, fingerprint, 0, 1, new byte[0], now);
        }
    }

    /** Files that were renamed out of the pattern while nobody looked are read to their end first. */
    private void reopenRenamed(long now, Set<String> seen) {
        for (Position position : List.copyOf(resting.values())) {
            Path path = Path.of(position.path());
            if (isWhereItWas(position) || path.getParent() == null) {
                continue;
            }
            try (Stream<Path> neighbours = Files.list(path.getParent())) {
                for (Path neighbour : neighbours.filter(Files::isRegularFile).toList()) {
                    reopen(position, neighbour, now, seen);
                }
            } catch (IOException | UncheckedIOException gone) {
                LOG.debug("no folder {}", path.getParent(), gone);
            }
        }
    }

    private void reopen(Position position, Path path, long now, Set<String> seen) throws IOException {
        String inode = String.valueOf(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        CollectSettings.Files settings = settingsOf(position);
        if (settings == null || !inode.equals(position.inode()) || open.containsKey(position.stream())) {
            return;
        }
        TailedFile tailed = TailedFile.open(settings, path, position);
        if (!tailed.isSame()) {
            tailed.close();
            return;
        }
        tailed.seen(path, inode, now);
        resting.remove(position.stream());
        open.put(position.stream(), tailed);
        seen.add(position.stream());
    }

    private CollectSettings.@Nullable Files settingsOf(Position position) {
        Path folder = Path.of(position.path()).getParent();
        return watched.stream()
                .map(Watched::settings)
                .filter(settings -> Objects.equals(
                        folder,
                        Path.of(settings.pattern()).toAbsolutePath().normalize().getParent()))
                .findFirst()
                .orElse(null);
    }

    /** Closes what has not been under a watched name for a while and has nothing left to read. */
    private void rest(long now, Set<String> seen) {
        for (TailedFile tailed : List.copyOf(open.values())) {
            Position position = tailed.position();
            boolean isDone = position.offset() == tailed.offset();
            if (!seen.contains(position.stream())
                    && now - position.seenMillis() > LINGER.toMillis()
                    && (isDone || tailed.hasFailed())) {
                rest(tailed, false);
            }
        }
    }

    private void rest(TailedFile tailed, boolean isEmptied) {
        Position position = tailed.position();
        open.remove(position.stream());
        // What was emptied has no file of its own any more; its copy may have.
        resting.put(
                position.stream(),
                isEmptied
                        ? position.seen(position.path(), "", position.fingerprint(), position.seenMillis())
                        : position);
        tailed.close();
    }

    private boolean sendAll() {
        if (hasNew) {
            save();
            hasNew = false;
        }
        boolean hasSent = false;
        for (TailedFile tailed : List.copyOf(open.values())) {
            try {
                hasSent |= send(tailed);
            } catch (IOException | UncheckedIOException unreadable) {
                LOG.info("{} cannot be read", tailed.path(), unreadable);
                rest(tailed, false);
            }
            if (isStopped) {
                break;
            }
        }
        return hasSent;
    }

    private boolean send(TailedFile tailed) throws IOException {
        if (tailed.hasFailed()) {
            rest(tailed, false); // the next look opens it where Kafka left it
            return false;
        }
        for (int turn = 0; turn < BLOCKS_A_TURN && !isStopped; turn++) {
            TailedFile.Block block = tailed.next();
            if (block == null) {
                return turn > 0;
            }
            if (!tailed.isSame()) {
                // It was emptied while it was read: what was read may be of the new writing.
                rest(tailed, true);
                return true;
            }
            send(tailed, block);
        }
        return true;
    }

    private void send(TailedFile tailed, TailedFile.Block block) {
        int length = block.message().payload().length;
        Counts.Counter counter = counts.of(LISTENER, tailed.sensor(), tailed.site());
        outbox.send(
                RawRecords.write(Topics.LOGS, block.message().receivedAt(now()), tailed.position().stream()),
                stored -> {
                    tailed.ended(block, stored);
                    if (stored) {
                        counter.count(block.records(), length);
                    }
                });
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    private void save() {
        List<Position> positions = new ArrayList<>(resting.values());
        open.values().forEach(tailed -> positions.add(tailed.position()));
        if (!positions.equals(saved)) {
            file.write(positions);
            saved = positions;
        }
    }

    /** Stops reading; what was read may still be on its way to Kafka. */
    void stop() {
        isStopped = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes the last positions down; to be called when nothing is on its way any more. */
    @Override
    public void close() {
        stop();
        save();
        open.values().forEach(TailedFile::close);
        open.clear();
        file.close();
    }
}
