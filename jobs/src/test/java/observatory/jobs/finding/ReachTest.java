package observatory.jobs.finding;

import static org.assertj.core.api.Assertions.assertThat;

import observatory.jobs.attribute.Device;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReachTest {
    /** What a cause is made of is read by people, too. */
    @Test
    void aKindIsToldByWhatIsKnownOfIt() {
        assertThat(Reach.kinOf(device("Yealink", "T54W"))).isEqualTo("Yealink T54W");
        assertThat(Reach.kinOf(device(null, "T54W"))).isEqualTo("T54W");
        assertThat(Reach.kinOf(device("Yealink", null))).isEqualTo("site zurich");
    }

    private static Device device(@Nullable String maker, @Nullable String model) {
        return new Device("phone", "zurich", "10.0.0.9", null, null, maker, model, null, null, null, 0);
    }
}
