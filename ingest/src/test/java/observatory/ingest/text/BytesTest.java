package observatory.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void theFirstOccurrenceIsFoundAtEveryPlaceAndLength() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                // Few values near the wanted one, among them those that differ in one bit or only in sign.
                bytes[i] = (byte) new int[] {'\n', '\n' + 1, '\n' - 1, 0x8a, 0, 0xff}[random.nextInt(6)];
            }
            int from = random.nextInt(bytes.length + 1);
            assertThat(Bytes.indexOf(bytes, from, bytes.length, (byte) '\n')).isEqualTo(simple(bytes, from));
        }
    }

    private static int simple(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
