package observatory.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import observatory.geo.address.IpAddress;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Exporters;
import observatory.ingest.decode.Corpus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From real exporters, which read a capture and send what they saw over loopback, through our collector, a real Kafka and
 * the job, to documents in a real Elasticsearch whose sums are those of the capture. The exporters are Debian's;
 * {@code ./observatory test} installs them where it may.
 */
@Tag("slow")
class ExporterChainTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "softflowd, 5, yi_camera_sample.pcap, netflow/chain-softflowd-v5-yi_camera_sample",
        "softflowd, 9, iphone.pcap, netflow/chain-softflowd-v9-iphone",
        "softflowd, 10, teams.pcap, netflow/chain-softflowd-v10-teams",
        "pmacctd, 5, test-cc-capture-2.pcap, netflow/chain-pmacct-nfprobe-v5-test-cc-capture-2",
        "pmacctd, 9, teams.pcap, netflow/chain-pmacct-nfprobe-v9-teams",
        "pmacctd, 10, yi_camera_sample.pcap, netflow/chain-pmacct-nfprobe-v10-yi_camera_sample",
        "pmacctd, sflow, teams.pcap, sflow/chain-pmacct-sfprobe-rate1-teams"
    })
    void whatAnExporterSawIsStoredToTheByte(String exporter, String version, String capture, String name)
            throws Exception {
        Path program = LiveChain.program(exporter);
        JsonNode totals = Corpus.expected(Corpus.of(name)).get("totals");
        long bytes = totals.path(version.equals("sflow") ? "ip_bytes_sampled" : "octets")
                .asLong();
        int port = freePort();
        String sensor = exporter + "-" + version;
        // Each its own site: two exporters of one site that tell the same capture would rightly count once.
        Exporters names =
                new Exporters(List.of(new Exporters.Exporter(IpAddress.of("127.0.0.1"), sensor, null)), List.of());
        try (LiveChain chain = LiveChain.start(
                folder, CollectSettings.Flows.on("127.0.0.1", List.of(port)), names, List.of(), List.of())) {
            export(program, version, Corpus.of("pcap").resolve(capture), port);

            long stored = chain.await("observatory-flows-*", LiveChain.about(sensor, "sum", "network.bytes"), bytes);
            assertThat(stored).as(chain.ledger(sensor)).isEqualTo(bytes);
            ObjectNode lost = LiveChain.about(sensor, "sum", "observatory.coverage.lost");
            assertThat(chain.await("observatory-coverage-*", lost, 0)).isZero();
            ObjectNode rejected = LiveChain.about(sensor, "value_count", "observatory.rejection.reason");
            assertThat(chain.await("observatory-rejections-*", rejected, 0)).isZero();
        }
    }

    /** Reads the capture to its end and exits; softflowd stamps flows with the time of its run, pmacctd with the capture's. */
    private void export(Path program, String version, Path capture, int port) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (program.endsWith("softflowd")) {
            command.addAll(List.of("-d", "-r", capture.toString(), "-n", "127.0.0.1:" + port, "-v", version));
            // Without "none" it may wait for somebody to command it instead of ending with the capture.
            command.addAll(List.of("-p", folder + "/softflowd.pid", "-c", "none"));
        } else {
            Files.writeString(folder.resolve("pmacctd.conf"), pmacct(version, capture, port));
            command.addAll(List.of("-f", folder + "/pmacctd.conf"));
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("exporter.log").toFile())
                .start();
        try {
            boolean isDone = process.waitFor(40, TimeUnit.SECONDS);
            assertThat(isDone)
                    .as(Files.readString(folder.resolve("exporter.log")))
                    .isTrue();
        } finally {
            process.destroy();
        }
    }

    private static String pmacct(String version, Path capture, int port) {
        boolean isSflow = version.equals("sflow");
        String probe = isSflow ? "sfprobe" : "nfprobe";
        return String.join(
                "\n",
                "daemonize: false",
                "pcap_savefile: " + capture,
                "plugins: " + probe + "[x]",
                probe + "_receiver: 127.0.0.1:" + port,
                isSflow ? "sampling_rate: 1" : "nfprobe_version: " + version,
                "aggregate: src_host,dst_host,src_port,dst_port,proto,tos",
                "");
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
