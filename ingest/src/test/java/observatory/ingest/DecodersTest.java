package observatory.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import observatory.ingest.decode.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#separator \\x09\n",
                "\t#separator \\x09\n#set_separator\t,\n",
                "\ufeff#separator \\x09\n",
                "#path\tconn\n#fields\tts\n"
            })
    void tabSeparatedLogsAreKnownByTheirHeader(String head) {
        assertThat(detect(head, "x")).contains(Format.ZEEK_TSV);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ts\":1,\"uid\":\"C1\"}\n",
                "garbage\n\n{\"ts\":1,\"id.orig_h\":\"10.0.0.1\"}\n",
                "{\"ts\":1,\"id\":{\"orig_h\":\"10.0.0.1\"},\"cut\":\"o"
            })
    void jsonLogsOfZeekAreKnownByTheirKeys(String head) {
        assertThat(detect(head, "x")).contains(Format.ZEEK_JSON);
    }

    @Test
    void aZeekLogWithFewKeysIsKnownByItsName() {
        assertThat(detect("{\"ts\":1,\"operation\":\"request\"}\n", "logs/arp.log"))
                .contains(Format.ZEEK_JSON);
        assertThat(detect("{\"ts\":1,\"msg\":\"started\"}\n", "server.log")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\":\"2024\",\"flow_id\":1,\"event_type\":\"flow\"}\n",
                "[\n  {\n    \"timestamp\": \"2024\",\n    \"event_type\": \"alert\"\n  },\n"
            })
    void eveIsKnownByItsKeys(String head) {
        assertThat(detect(head, "x")).contains(Format.SURICATA_EVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n\n", "{\n  \"kind\": \"zeek\"\n}\n", "# Comment\n", "[1,2]", "PK\u0003\u0004", "{\"a\":"})
    void allElseIsUnknown(String head) {
        assertThat(detect(head, "x")).isEmpty();
    }

    @Test
    void formatsAreNamedAsPeopleWriteThem() {
        assertThat(Format.named("zeek-tsv")).contains(Format.ZEEK_TSV);
        assertThat(Format.named("Suricata-EVE")).contains(Format.SURICATA_EVE);
        assertThat(Format.named("netflow")).isEmpty();
    }

    private static Optional<Format> detect(String head, String name) {
        return Decoders.detect(head.getBytes(StandardCharsets.UTF_8), name);
    }
}
