package observatory.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    @ParameterizedTest
    @CsvSource({
        "2024-02-13T14:34:39.436984+0000, 2024-02-13T14:34:39.436984Z",
        "2019-12-03T22:44:56.052279Z, 2019-12-03T22:44:56.052279Z",
        "2019-01-02T03:50:11.315110, 2019-01-02T03:50:11.315110Z",
        "2024-02-13T16:04:39+0130, 2024-02-13T14:34:39Z",
        "2024-02-13T09:34:39-05:00, 2024-02-13T14:34:39Z",
        "2024-02-29 00:00:00, 2024-02-29T00:00:00Z",
        "2024-02-13T14:34:39.1234567891, 2024-02-13T14:34:39.123456789Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z"
    })
    void dateTimesAreReadToTheNanosecond(String text, String instant) {
        Instant expected = Instant.parse(instant);
        assertThat(Timestamp.nanos(text)).isEqualTo(expected.getEpochSecond() * 1_000_000_000L + expected.getNano());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-02-13",
                "2024-02-30T00:00:00",
                "2024-13-01T00:00:00",
                "2024-02-13T24:00:00",
                "2024-02-13T14:34:39X",
                "2024-02-13T14:34:39+9999",
                "2024-02-13T14:34:39+1",
                "1969-12-31T23:59:59",
                "9999-01-01T00:00:00",
                "xxxx-02-13T14:34:39",
                "2024-02-13T14-34-39"
            })
    void textThatIsNoDateTimeIsInvalid(String text) {
        assertThat(Timestamp.nanos(text)).isEqualTo(Slice.INVALID);
    }
}
