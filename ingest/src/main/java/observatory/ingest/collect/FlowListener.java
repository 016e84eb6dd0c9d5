package observatory.ingest.collect;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import observatory.ingest.decode.Format;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives datagrams of flow exporters. With Linux's epoll several sockets share each port (SO_REUSEPORT), each with a
 * thread and a buffer of its own, and take many datagrams a system call; elsewhere one socket a port has to do.
 */
final class FlowListener implements AutoCloseable {
    /** Exporters send at most what a frame holds, 9,000 bytes with jumbo frames; what is longer arrives cut. */
    private static final int LONGEST_DATAGRAM = 16 * 1024;

    private static final int DATAGRAMS_A_CALL = 32;
    private static final int LONGEST_POSSIBLE = 64 * 1024;

    /** Addresses that are remembered with their names; more are looked up again each time, since they may be forged. */
    private static final int MOST_PEERS = Counts.MOST_SENSORS;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(FlowListener.class);

    private final CollectSettings.Flows settings;
    private final Exporters exporters;
    private final Counts counts;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Function<byte[], Optional<Format>> detect;
    private final List<Channel> channels = new ArrayList<>();
    private final Map<Integer, Long> dropsReported = new HashMap<>();
    private final KernelDrops kernelDrops = KernelDrops.ofSystem();
    private final EventLoopGroup threads;
    private int receiveBuffer;

    private FlowListener(CollectSettings.Flows settings, Surroundings around) {
        this.settings = settings;
        this.exporters = around.exporters();
        this.counts = around.counts();
        this.outbox = around.outbox();
        this.clock = around.clock();
        this.detect = around.detect();
        int sockets = Math.max(1, settings.ports().size() * workers());
        this.threads = Epoll.isAvailable() ? new EpollEventLoopGroup(sockets) : new NioEventLoopGroup(sockets);
    }

    /** What a listener works with. */
    record Surroundings(
            Exporters exporters,
            Counts counts,
            Outbox outbox,
            InstantSource clock,
            Function<byte[], Optional<Format>> detect) {}

    /**
     * Opens all sockets.
     *
     * @throws CollectException when a port cannot be had
     */
    static FlowListener open(CollectSettings.Flows settings, Surroundings around) {
        FlowListener listener = new FlowListener(settings, around);
        try {
            for (int port : settings.ports()) {
                listener.bind(port);
            }
            return listener;
        } catch (RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    private int workers() {
        return Epoll.isAvailable() ? settings.workers() : 1;
    }

    private void bind(int port) {
        int bound = port;
        for (int worker = 0; worker < workers(); worker++) {
            Channel channel = bindOne(bound);
            channels.add(channel);
            bound = ((InetSocketAddress) channel.localAddress()).getPort();
        }
        dropsReported.put(bound, kernelDrops.on(bound));
        receiveBuffer = channels.getLast().config().getOption(ChannelOption.SO_RCVBUF);
        LOG.info(
                "listening on udp {}:{} with {} sockets, buffer {} bytes each",
                settings.address(),
                bound,
                workers(),
                receiveBuffer);
    }

    private Channel bindOne(int port) {
        Bootstrap bootstrap = new Bootstrap().group(threads).option(ChannelOption.SO_RCVBUF, settings.receiveBuffer());
        if (Epoll.isAvailable()) {
            bootstrap
                    .channel(EpollDatagramChannel.class)
                    .option(EpollChannelOption.SO_REUSEPORT, workers() > 1)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LONGEST_DATAGRAM)
                    .option(
                            ChannelOption.RCVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(LONGEST_DATAGRAM * DATAGRAMS_A_CALL));
        } else {
            bootstrap
                    .channel(NioDatagramChannel.class)
                    .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LONGEST_POSSIBLE));
        }
        InetSocketAddress address = new InetSocketAddress(settings.address(), port);
        try {
            return bootstrap.handler(new Receiver()).bind(address).sync().channel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("interrupted while opening UDP port " + port, e);
        } catch (Exception e) {
            // Netty throws what the system said, although its signature does not say so.
            throw new CollectException(
                    "UDP port " + port + " of " + settings.address() + " is taken or not allowed (" + e.getMessage()
                            + "); choose another under listen.flows",
                    e);
        }
    }

    /** The ports that are listened on; those configured as 0 have got a real one. */
    List<Integer> ports() {
        return channels.stream()
                .map(channel -> ((InetSocketAddress) channel.localAddress()).getPort())
                .distinct()
                .toList();
    }

    /** Size that the kernel granted, bytes. */
    int receiveBuffer() {
        return receiveBuffer;
    }

    /** Counts what the kernel has dropped since the last time; to be called before each report. */
    void countKernelDrops(String collector) {
        for (int port : ports()) {
            long drops = kernelDrops.on(port);
            long before = dropsReported.getOrDefault(port, 0L);
            if (drops > before) {
                counts.of(name(port), collector, collector).kernelDrops.add(drops - before);
            }
            dropsReported.put(port, drops);
        }
    }

    private static String name(int port) {
        return "udp:" + port;
    }

    @Override
    public void close() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** An exporter's address and port with all that its datagrams have in common. */
    private final class Peer {
        private final byte[] key;
        private final byte[] source;
        private final String site;
        private final Counts.Counter counter;
        private final Outbox.Sent sent;
        private final Map<Format, List<Header>> headers = new EnumMap<>(Format.class);

        Peer(InetSocketAddress from, int port) {
            InetAddress address = from.getAddress();
            Exporters.Named named = exporters.of(address);
            String text = Exporters.textOf(address);
            this.key = RawRecords.utf8(named.sensor());
            this.source = RawRecords.utf8((text.indexOf(':') < 0 ? text : '[' + text + ']') + ':' + from.getPort());
            this.site = named.site();
            this.counter = counts.of(name(port), named.sensor(), site);
            this.sent = stored -> {
                if (!stored) {
                    counter.queueDrops.increment();
                }
            };
        }

        void take(byte[] datagram, Format format) {
            counter.count(1, datagram.length);
            List<Header> shared = headers.computeIfAbsent(format, known -> RawRecords.shared(known, site));
            outbox.send(RawRecords.datagram(key, shared, source, now(), datagram), sent);
        }
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    /** One socket's; only its own thread comes here. */
    private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Map<InetSocketAddress, Peer> peers = new HashMap<>();

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            byte[] datagram = ByteBufUtil.getBytes(packet.content());
            InetSocketAddress from = packet.sender();
            Peer peer = peers.get(from);
            if (peer == null) {
                peer = new Peer(from, ((InetSocketAddress) context.channel().localAddress()).getPort());
                if (peers.size() < MOST_PEERS) {
                    peers.put(from, peer);
                }
            }
            peer.take(datagram, detect.apply(datagram).orElse(settings.undetected()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // An ICMP "port unreachable" of an exporter that we never wrote to, or the like: the next one may be well.
            LOG.info("a datagram could not be received", cause);
        }
    }
}
