package observatory.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Exporters;
import observatory.ingest.decode.Format;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Questions to real resolvers on loopback, and their real logs and dnstap through the collector, Kafka and the job: every
 * name that was asked for is stored, and where the source carries answers, with its address.
 */
@Tag("slow")
class ResolverChainTest {
    private static final int NAMES = 40;
    private static final Exporters NOBODY = new Exporters(List.of(), List.of());

    @TempDir
    private Path folder;

    private int port;
    private @Nullable Process resolver;

    @Test
    void dnsmasq() throws Exception {
        Path program = LiveChain.program("dnsmasq");
        try (LiveChain chain = LiveChain.start(folder, null, NOBODY, logs(Format.DNSMASQ), List.of())) {
            start(
                    program,
                    "--keep-in-foreground",
                    "--conf-file=/dev/null",
                    "--no-resolv",
                    "--no-hosts",
                    "--user=root",
                    "--pid-file=" + folder + "/pid",
                    "--listen-address=127.0.0.1",
                    "--bind-interfaces",
                    "--port=" + port(),
                    "--address=/phones.test/192.0.2.77",
                    "--log-queries=extra",
                    "--log-facility=" + folder + "/resolver.log");

            askForAllNames();

            assertThat(namesStored(chain, "dnsmasq", true)).isEqualTo(NAMES);
        } finally {
            stop();
        }
    }

    @Test
    void unboundByItsLogAndByDnstap() throws Exception {
        Path program = LiveChain.program("unbound");
        Path socket = folder.resolve("dnstap.sock");
        try (LiveChain chain = LiveChain.start(
                folder,
                null,
                NOBODY,
                logs(Format.UNBOUND),
                List.of(new CollectSettings.Dnstap(socket, Format.DNSTAP, "unbound-tap", "lab")))) {
            Path configuration = Files.writeString(
                    folder.resolve("unbound.conf"),
                    String.join(
                            "\n",
                            "server:",
                            " interface: 127.0.0.1",
                            " port: " + port(),
                            " do-daemonize: no",
                            " username: \"\"",
                            " chroot: \"\"",
                            " directory: \"" + folder + "\"",
                            " pidfile: \"" + folder + "/pid\"",
                            " logfile: \"" + folder + "/resolver.log\"",
                            " log-queries: yes",
                            " log-replies: yes",
                            " use-syslog: no",
                            " verbosity: 0",
                            " local-zone: \"phones.test.\" redirect",
                            " local-data: \"phones.test. 300 IN A 192.0.2.77\"",
                            "dnstap:",
                            " dnstap-enable: yes",
                            " dnstap-socket-path: \"" + socket + "\"",
                            " dnstap-log-client-query-messages: yes",
                            " dnstap-log-client-response-messages: yes",
                            ""));
            start(program, "-d", "-c", configuration.toString());

            askForAllNames();

            assertThat(namesStored(chain, "unbound", false)).isEqualTo(NAMES);
            assertThat(namesStored(chain, "unbound-tap", true))
                    .as("answers, which dnstap carries")
                    .isEqualTo(NAMES);
        } finally {
            stop();
        }
    }

    @Test
    void bindByItsLogAndByDnstap() throws Exception {
        Path program = LiveChain.program("named");
        Path socket = folder.resolve("dnstap.sock");
        try (LiveChain chain = LiveChain.start(
                folder,
                null,
                NOBODY,
                logs(Format.BIND_QUERY),
                List.of(new CollectSettings.Dnstap(socket, Format.DNSTAP, "bind-tap", "lab")))) {
            Files.writeString(
                    folder.resolve("zone"),
                    "$TTL 300\n@ SOA ns root 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n* A 192.0.2.77\n");
            Path configuration = Files.writeString(
                    folder.resolve("named.conf"),
                    String.join(
                            "\n",
                            "options { directory \"" + folder + "\"; pid-file \"pid\"; session-keyfile \"key\";",
                            " listen-on port " + port() + " { 127.0.0.1; }; listen-on-v6 { none; }; recursion no;",
                            " dnstap { client; }; dnstap-output unix \"" + socket + "\"; querylog yes; };",
                            "controls { };",
                            "zone \"phones.test\" { type primary; file \"zone\"; };",
                            "logging { channel q { file \"" + folder
                                    + "/resolver.log\"; print-time yes; print-category yes; print-severity yes; };",
                            " category queries { q; }; };",
                            ""));
            start(program, "-f", "-c", configuration.toString());

            askForAllNames();

            assertThat(namesStored(chain, "bind_query", false)).isEqualTo(NAMES);
            assertThat(namesStored(chain, "bind-tap", true))
                    .as("answers, which dnstap carries")
                    .isEqualTo(NAMES);
        } finally {
            stop();
        }
    }

    private List<CollectSettings.Files> logs(Format format) {
        return List.of(new CollectSettings.Files(
                folder + "/resolver.log", format, format.name().toLowerCase(Locale.ROOT), "lab", null));
    }

    private int port() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
            return port;
        }
    }

    private void start(Path program, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(program.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("resolver.out").toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        resolver = process;
        for (int round = 0; round < 100; round++) {
            if (answers("ready.test")) {
                return;
            }
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("resolver.out")))
                    .isTrue();
        }
        throw new AssertionError("no answer: " + Files.readString(folder.resolve("resolver.out")));
    }

    private void stop() throws InterruptedException {
        if (resolver != null) {
            resolver.destroy();
            resolver.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Twice, since a resolver drops what it would tell by dnstap before that connection stands. */
    private void askForAllNames() throws IOException {
        for (int i = 0; i < 2 * NAMES; i++) {
            assertThat(answers("phone-" + i % NAMES + ".phones.test")).isTrue();
        }
    }

    /** Asks for the address of a name; whether anything came back within half a second. */
    private boolean answers(String name) throws IOException {
        ByteArrayOutputStream question = new ByteArrayOutputStream();
        question.writeBytes(new byte[] {0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        for (String label : name.split("\\.")) {
            question.write(label.length());
            question.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        question.writeBytes(new byte[] {0, 0, 1, 0, 1});
        byte[] bytes = question.toByteArray();
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(500);
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
            socket.receive(new DatagramPacket(new byte[512], 512));
            return true;
        } catch (SocketTimeoutException | java.net.PortUnreachableException notYet) {
            return false;
        }
    }

    /** How many of the names are stored, with the address they have or without regard to it. */
    private static long namesStored(LiveChain chain, String sensor, boolean withAddress) throws InterruptedException {
        ObjectNode body = LiveChain.about(sensor, "cardinality", "dns.question.name");
        ArrayNode filter = (ArrayNode) body.at("/query/bool/filter");
        filter.addObject().putObject("term").put("dns.question.registered_domain", "phones.test");
        if (withAddress) {
            filter.addObject().putObject("term").put("dns.resolved_ip", "192.0.2.77");
        }
        return chain.await("observatory-dns-*", body, NAMES);
    }
}
