package observatory.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import observatory.geo.address.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceTest {

    @ParameterizedTest
    @CsvSource({
        "1575413096.052279, 1575413096052279000",
        "18.836741, 18836741000",
        "0, 0",
        "86400.0, 86400000000000",
        "0.000001, 1000",
        "0.09628199999999865, 96282000",
        "0.9999999999, 1000000000",
        "4.294967e+09, 4294967000000000000",
        "1E-3, 1000000",
        "-1.5, -1500000000",
        "9223372035.999999999, 9223372035999999999"
    })
    void secondsBecomeExactNanoseconds(String text, long nanos) {
        assertThat(Slice.of(text).nanos()).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1.2.3",
                "1s",
                "NaN",
                "Infinity",
                "0x10",
                "1e999999999",
                "99999999999999999999",
                "1 2",
                "1.5 "
            })
    void textThatIsNoNumberOfSecondsIsInvalid(String text) {
        assertThat(Slice.of(text).nanos()).isEqualTo(Slice.INVALID);
    }

    @Test
    void aNumberLongerThanAnySensorWritesIsInvalidWithoutBeingExpanded() {
        assertThat(Slice.of("1." + "0".repeat(100_000)).nanos()).isEqualTo(Slice.INVALID);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "65535, 65535", "9223372036854775807, 9223372036854775807", "50.0, 50", "007, 7"})
    void wholeNumbersAreRead(String text, long number) {
        assertThat(Slice.of(text).count()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.5", "1.", "9223372036854775808", "1e3", "12a", " 1"})
    void textThatIsNoWholeNumberIsInvalid(String text) {
        assertThat(Slice.of(text).count()).isEqualTo(Slice.INVALID);
    }

    @Test
    void namesAreLowerCaseWithoutTheTrailingDot() {
        assertThat(Slice.of("WWW.Example.COM.").name()).isEqualTo("www.example.com");
        assertThat(Slice.of(".").name()).isNull();
        assertThat(Slice.of("").name()).isNull();
    }

    @Test
    void bytesThatAreNoUtf8BecomeReplacementCharacters() {
        byte[] bytes = {'a', (byte) 0xff, 'b'};
        assertThat(new Slice().set(bytes, 0, 3).text()).isEqualTo("a\ufffdb");
    }

    @Test
    void addressesAreReadInPlace() {
        byte[] bytes = "x10.0.0.1y".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(new Slice().set(bytes, 1, 9).address()).isEqualTo(IpAddress.of("10.0.0.1"));
        assertThat(new Slice().set(bytes, 0, 9).address()).isNull();
    }

    @Test
    void theWordCacheGivesTheSameStringForTheSameBytes() {
        WordCache words = new WordCache();
        assertThat(words.word(Slice.of("tcp")))
                .isSameAs(words.word(Slice.of("tcp")))
                .isEqualTo("tcp");
        assertThat(words.word(Slice.of("größer"))).isEqualTo("größer");
        assertThat(words.word(Slice.of(""))).isEmpty();
    }
}
