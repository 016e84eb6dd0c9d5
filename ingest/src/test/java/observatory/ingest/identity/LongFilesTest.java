package observatory.ingest.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Format;
import observatory.ingest.observation.DnsObservation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of many blocks, and lines beyond all bounds. */
class LongFilesTest {
    private static final int RECORDS = 3_000;

    @TempDir
    private Path folder;

    @Test
    void noLeaseIsCutInTwoByTheEndOfABlock() throws IOException {
        String leases = repeated("lease 10.20.%d.%d {\n  starts epoch 1714723200;\n  binding state active;\n"
                + "  hardware ethernet 00:15:65:aa:bb:cc;\n}\n");
        Decoded decoded = decoded("dhcpd.leases", leases);
        assertThat(decoded.observations()).hasSize(RECORDS);
        assertThat(decoded.rejections()).isEmpty();
    }

    @Test
    void everyBlockKnowsTheColumnsOfTheFirstLine() throws IOException {
        String rows = repeated("10.20.%d.%d;00:15:65:aa:bb:cc;SIP-T54W;somebody with a rather long name\n");
        Decoded decoded = decoded("phones.csv", "ip;mac;model;owner\n" + rows);
        assertThat(decoded.observations()).hasSize(RECORDS);
        assertThat(decoded.rejections()).hasSize(1);
    }

    @Test
    void theDetailsOfAPacketStayWithIt() throws IOException {
        String packets = repeated("5/13/2024 10:00:01 PM 0EF0 PACKET  000002DAEC36D650 UDP Snd 10.20.%d.%d d07e R Q "
                + "[8081   DR  NOERROR] A      (1)a(7)example(0)\n    ANSWER SECTION:\n    Name      \"(1)a(7)example(0)\"\n"
                + "      TYPE   A  (1)\n      TTL    60\n      DATA   192.0.2.7\n\n");
        Decoded decoded = decoded("dns.log", packets);
        assertThat(decoded.observations())
                .hasSize(RECORDS)
                .allMatch(packet -> ((DnsObservation) packet).answers().size() == 1);
        assertThat(decoded.rejections()).isEmpty();
    }

    @Test
    @Timeout(20)
    void aMillionColumnsAreCountedAndNotHeld() {
        String commas = ",".repeat(1_000_000);
        Decoded decoded = Decoding.text(
                Format.INVENTORY,
                "before=1714780799",
                "mac,model" + commas + "\n" + commas + "\n" + "00:15:65:aa:bb:cc,SIP-T54W" + commas + "\n");
        assertThat(decoded.observations()).hasSize(1);
        assertThat(decoded.rejections()).hasSize(2);
    }

    @Test
    @Timeout(60)
    void aLineWithoutEndIsOneRejection() throws IOException {
        Path file = folder.resolve("dnsmasq.log");
        try (var out = Files.newOutputStream(file)) {
            out.write("May  3 08:00:02 dnsmasq[1]: query[A] a.example from 10.20.0.7\n"
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[1 << 20];
            Arrays.fill(chunk, (byte) 'x');
            // -Dobservatory.line.megabytes=1024 for a gigabyte; what is held does not depend on it.
            for (int i = 0; i < Integer.getInteger("observatory.line.megabytes", 10); i++) {
                out.write(chunk);
            }
        }
        Decoded decoded = Decoding.file(file);
        assertThat(decoded.observations()).hasSize(1);
        assertThat(decoded.rejections()).hasSize(1);
    }

    private static String repeated(String record) {
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> String.format(Locale.ROOT, record, i / 250, i % 250))
                .collect(Collectors.joining());
    }

    private Decoded decoded(String name, String text) throws IOException {
        return Decoding.file(Files.writeString(folder.resolve(name), text));
    }
}
