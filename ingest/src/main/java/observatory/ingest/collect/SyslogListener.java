package observatory.ingest.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives syslog, RFC 3164 or 5424, by UDP or TCP, and hands the messages on as lines, prefix and all. A TCP sender is
 * made to wait when Kafka is slow; a UDP sender cannot be, so what does not fit is dropped and counted.
 */
final class SyslogListener implements AutoCloseable {
    /** A phone network has some dozens of senders; the bound on somebody who opens connections without end. */
    static final int MOST_CONNECTIONS = 1024;

    /** A connection that says nothing for so long is closed, so that dead ones do not use up the bound. */
    private static final Duration IDLE = Duration.ofHours(1);

    private static final int BLOCK = 64 * 1024;
    private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(SyslogListener.class);

    private final CollectSettings.Syslog settings;
    private final Exporters exporters;
    private final Counts counts;
    private final Outbox outbox;
    private final InstantSource clock;
    private final KernelDrops kernelDrops = KernelDrops.ofSystem();
    private final @Nullable DatagramSocket datagrams;
    private final @Nullable ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean isClosed;
    private long dropsReported;

    private SyslogListener(
            CollectSettings.Syslog settings,
            FlowListener.Surroundings around,
            @Nullable DatagramSocket datagrams,
            @Nullable ServerSocket server) {
        this.settings = settings;
        this.exporters = around.exporters();
        this.counts = around.counts();
        this.outbox = around.outbox();
        this.clock = around.clock();
        this.datagrams = datagrams;
        this.server = server;
        this.thread = new Thread(datagrams == null ? this::accept : this::receive, "syslog-" + port());
    }

    /**
     * Opens the port.
     *
     * @param around with the outbox that fits the transport
     * @throws CollectException when the port cannot be had
     */
    static SyslogListener open(CollectSettings.Syslog settings, FlowListener.Surroundings around) {
        InetSocketAddress address = new InetSocketAddress(settings.address(), settings.port());
        try {
            DatagramSocket datagrams = null;
            ServerSocket server = null;
            if (settings.transport() == CollectSettings.Transport.UDP) {
                datagrams = new DatagramSocket(null);
                datagrams.setReceiveBufferSize(RECEIVE_BUFFER);
                datagrams.bind(address);
            } else {
                server = new ServerSocket();
                server.setReuseAddress(true);
                server.bind(address);
            }
            SyslogListener listener = new SyslogListener(settings, around, datagrams, server);
            listener.dropsReported = datagrams == null ? 0 : listener.kernelDrops.on(listener.port());
            listener.thread.start();
            return listener;
        } catch (IOException e) {
            throw new CollectException(
                    settings.transport() + " port " + settings.port() + " of " + settings.address()
                            + " is taken or not allowed (" + e.getMessage() + "); choose another under listen.syslog",
                    e);
        }
    }

    int port() {
        return datagrams != null ? datagrams.getLocalPort() : server == null ? 0 : server.getLocalPort();
    }

    private String name() {
        return (datagrams != null ? "syslog-udp:" : "syslog-tcp:") + port();
    }

    void countKernelDrops(String collector) {
        if (datagrams != null) {
            long drops = kernelDrops.on(port());
            counts.of(name(), collector, collector).kernelDrops.add(Math.max(0, drops - dropsReported));
            dropsReported = drops;
        }
    }

    private Exporters.Named named(InetAddress peer) {
        Exporters.Named named = exporters.of(peer);
        String sensor = settings.sensor() == null ? named.sensor() : settings.sensor();
        String site = settings.site() != null ? settings.site() : settings.sensor() == null ? named.site() : sensor;
        return new Exporters.Named(sensor, site);
    }

    private void receive() {
        DatagramSocket socket = datagrams;
        byte[] buffer = new byte[SyslogFrames.LONGEST];
        while (socket != null && !isClosed) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException e) {
                if (!isClosed) {
                    LOG.info("a syslog datagram could not be received", e);
                }
                continue;
            }
            Exporters.Named named = named(packet.getAddress());
            Counts.Counter counter = counts.of(name(), named.sensor(), named.site());
            byte[] line = line(buffer, packet.getLength());
            counter.count(1, packet.getLength());
            String source = Exporters.textOf(packet.getAddress()) + ':' + packet.getPort();
            RawMessage message = message(named, source, 0, 0, line, List.of());
            outbox.send(RawRecords.write(Topics.LOGS, message, ""), stored -> {
                if (!stored) {
                    counter.queueDrops.increment();
                }
            });
        }
    }

    /** One message as one line. */
    private static byte[] line(byte[] buffer, int length) {
        byte[] line = Arrays.copyOf(buffer, length + 1);
        for (int i = 0; i < length; i++) {
            line[i] = line[i] == '\n' || line[i] == 0 ? (byte) ' ' : line[i];
        }
        line[length] = '\n';
        return line;
    }

    private void accept() {
        ServerSocket open = server;
        while (open != null && !isClosed) {
            try {
                Socket socket = open.accept();
                if (connections.size() >= MOST_CONNECTIONS) {
                    LOG.info("{} connections are open, {} is refused", connections.size(), socket.getInetAddress());
                    socket.close();
                    continue;
                }
                connections.add(socket);
                Thread.ofVirtual()
                        .name("syslog-" + socket.getRemoteSocketAddress())
                        .start(() -> read(socket));
            } catch (IOException e) {
                if (!isClosed) {
                    LOG.info("a syslog connection could not be accepted", e);
                }
            }
        }
    }

    private void read(Socket socket) {
        SyslogFrames frames = new SyslogFrames();
        Connection connection = new Connection(socket, frames);
        try (socket) {
            socket.setSoTimeout(Math.toIntExact(IDLE.toMillis()));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[BLOCK];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                frames.add(buffer, 0, read);
                connection.send();
            }
        } catch (SocketTimeoutException idle) {
            LOG.info("{} said nothing for {}, its connection is closed", connection.source, IDLE);
        } catch (IOException e) {
            LOG.info("the connection of {} broke", connection.source, e);
        } finally {
            frames.end();
            connection.send();
            connections.remove(socket);
        }
    }

    /** What has come by one connection so far. */
    private final class Connection {
        private final SyslogFrames frames;
        private final Exporters.Named named;
        private final Counts.Counter counter;
        private final String source;
        private long sentLines;
        private long sentBytes;
        private long sentUnusable;

        Connection(Socket socket, SyslogFrames frames) {
            this.frames = frames;
            this.named = named(socket.getInetAddress());
            this.counter = counts.of(name(), named.sensor(), named.site());
            this.source = Exporters.textOf(socket.getInetAddress()) + ':' + socket.getPort();
        }

        void send() {
            List<Rejection> unusable = new ArrayList<>();
            for (; sentUnusable < frames.unusable(); sentUnusable++) {
                unusable.add(new Rejection(
                        named.sensor(),
                        source,
                        0,
                        sentBytes,
                        Reason.TOO_LONG,
                        "a syslog message is longer than " + SyslogFrames.LONGEST + " bytes or cut off",
                        ""));
            }
            if (frames.size() == 0 && unusable.isEmpty()) {
                return;
            }
            byte[] lines = frames.take();
            long count = frames.count() - sentLines;
            counter.count(count + unusable.size(), lines.length);
            RawMessage message = message(named, source, sentLines + 1, sentBytes, lines, unusable);
            sentLines = frames.count();
            sentBytes += lines.length;
            outbox.send(RawRecords.write(Topics.LOGS, message, ""), stored -> {
                if (!stored) {
                    counter.queueDrops.add(count);
                }
            });
        }
    }

    private RawMessage message(
            Exporters.Named named, String source, long line, long offset, byte[] lines, List<Rejection> unusable) {
        Instant now = clock.instant();
        long nanos = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
        return new RawMessage(
                settings.format(),
                named.sensor(),
                named.site(),
                source,
                line,
                offset,
                nanos,
                CollectSettings.clockHeader(settings.zone()),
                lines,
                unusable);
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            if (datagrams != null) {
                datagrams.close();
            }
            if (server != null) {
                server.close();
            }
            for (Socket socket : connections) {
                socket.close();
            }
            thread.join(Duration.ofSeconds(2));
        } catch (IOException e) {
            throw new UncheckedIOException("syslog port " + port() + " cannot be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
