package observatory.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import observatory.ingest.collect.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaProcessTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsInItSurvivesASecondStart() {
        KafkaProcess.Setup setup = RealKafka.setup(folder);
        try (KafkaProcess first = KafkaProcess.start(setup)) {
            Topics.ensure(Topics.Kafka.at(first.bootstrap()));
            assertThatThrownBy(() -> KafkaProcess.start(setup))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("is in use");
        }
        try (KafkaProcess second = KafkaProcess.start(setup)) {
            assertThat(RealKafka.ends(second)).hasSize(2 * Topics.Kafka.DEFAULT_PARTITIONS);
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void aBusyPortIsOneLine() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> KafkaProcess.start(RealKafka.setup(folder).withPort(busy.getLocalPort())))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageMatching("Port \\d+ on 127.0.0.1 is in use .*kafka.port");
        }
    }

    @Test
    void missingJarsAreOneLine() {
        KafkaProcess.Setup setup = new KafkaProcess.Setup(
                folder.resolve("none"), folder, folder, 0, Duration.ofDays(1), 1 << 20, Duration.ofSeconds(5));

        assertThatThrownBy(() -> KafkaProcess.start(setup)).hasMessageContaining("./observatory");
    }
}
