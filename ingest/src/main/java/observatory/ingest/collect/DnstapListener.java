package observatory.ingest.collect;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives dnstap from resolvers on a unix socket. What goes to Kafka are data frames as they came, each after its length
 * (4 bytes, big endian), as many as were there: the body of a Frame Streams file. A resolver is made to wait when Kafka is
 * slow; resolvers then drop dnstap messages of their own, never queries.
 */
final class DnstapListener implements AutoCloseable {
    /** A resolver opens one connection a worker; the bound on one that opens them without end. */
    static final int MOST_CONNECTIONS = 256;

    private static final int BLOCK = 64 * 1024;
    private static final String LISTENER = "dnstap";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(DnstapListener.class);

    private final CollectSettings.Dnstap settings;
    private final String site;
    private final Counts.Counter counter;
    private final Outbox outbox;
    private final InstantSource clock;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::accept, "dnstap");
    private volatile boolean isClosed;

    private DnstapListener(
            CollectSettings.Dnstap settings, FlowListener.Surroundings around, ServerSocketChannel server) {
        this.settings = settings;
        this.site = settings.site() == null ? settings.sensor() : settings.site();
        this.counter = around.counts().of(LISTENER, settings.sensor(), site);
        this.outbox = around.outbox();
        this.clock = around.clock();
        this.server = server;
    }

    /**
     * Makes the socket, readable and writable for user and group.
     *
     * @throws CollectException when it cannot be made, or somebody listens there
     */
    static DnstapListener open(CollectSettings.Dnstap settings, FlowListener.Surroundings around) {
        Path path = settings.path();
        try {
            if (Files.exists(path)) {
                removeLeftOver(path);
            }
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
            DnstapListener listener = new DnstapListener(settings, around, server);
            listener.thread.start();
            return listener;
        } catch (IOException e) {
            throw new CollectException("the dnstap socket " + path + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** A socket that nobody listens on was left by a collector that was killed. Anything else is not ours to remove. */
    private static void removeLeftOver(Path path) throws IOException {
        if (!Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
            throw new IOException("there is a file of this name that is no socket");
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("somebody listens there already (" + probe.getRemoteAddress() + ")");
        } catch (SocketException nobody) {
            Files.delete(path);
        }
    }

    private void accept() {
        while (!isClosed) {
            try {
                SocketChannel connection = server.accept();
                if (connections.size() >= MOST_CONNECTIONS) {
                    LOG.info("{} dnstap connections are open, one more is refused", connections.size());
                    connection.close();
                    continue;
                }
                connections.add(connection);
                Thread.ofPlatform().daemon().name("dnstap-connection").start(() -> read(connection));
            } catch (IOException e) {
                if (!isClosed) {
                    LOG.info("a dnstap connection could not be accepted", e);
                }
            }
        }
    }

    private void read(SocketChannel connection) {
        try (connection;
                InputStream in = new BufferedInputStream(Channels.newInputStream(connection), BLOCK)) {
            FrameConnection frames = new FrameConnection(in, Channels.newOutputStream(connection));
            ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK);
            long count = 0;
            for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
                block.writeBytes(
                        ByteBuffer.allocate(Integer.BYTES).putInt(frame.length).array());
                block.writeBytes(frame);
                count++;
                if (in.available() == 0 || block.size() >= BLOCK) {
                    send(block.toByteArray(), count, List.of());
                    block.reset();
                    count = 0;
                }
            }
            if (count > 0) {
                send(block.toByteArray(), count, List.of());
            }
        } catch (FrameConnection.ProtocolException e) {
            send(new byte[0], 1, List.of(rejection(e)));
        } catch (EOFException e) {
            LOG.info("a resolver left {} without ending its stream", settings.path());
        } catch (IOException e) {
            if (!isClosed) {
                LOG.info("a connection on {} broke", settings.path(), e);
            }
        } finally {
            connections.remove(connection);
        }
    }

    private Rejection rejection(FrameConnection.ProtocolException e) {
        return new Rejection(
                settings.sensor(),
                settings.path().toString(),
                0,
                0,
                Reason.MALFORMED,
                "no Frame Streams of dnstap: " + e.getMessage(),
                "");
    }

    private void send(byte[] block, long count, List<Rejection> unusable) {
        counter.count(count, block.length);
        Instant now = clock.instant();
        RawMessage message = new RawMessage(
                settings.format(),
                settings.sensor(),
                site,
                settings.path().toString(),
                0,
                0,
                now.getEpochSecond() * NANOS_PER_SECOND + now.getNano(),
                new byte[0],
                block,
                unusable);
        outbox.send(RawRecords.write(Topics.LOGS, message, ""), stored -> {
            if (!stored) {
                counter.queueDrops.add(count);
            }
        });
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            server.close();
            for (SocketChannel connection : connections) {
                connection.close();
            }
            thread.join(Duration.ofSeconds(2));
            Files.deleteIfExists(settings.path());
        } catch (IOException e) {
            throw new UncheckedIOException("the dnstap socket " + settings.path() + " cannot be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
