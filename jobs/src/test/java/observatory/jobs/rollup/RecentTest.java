package observatory.jobs.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final List<Object> derived = new ArrayList<>();
    private final Recent<Object, String> recent = new Recent<>(100, key -> {
        derived.add(key);
        return "of " + key;
    });

    @Test
    void whatComesAgainIsDerivedOnce() {
        Object key = new Object();

        assertThat(recent.get(key)).isEqualTo("of " + key).isSameAs(recent.get(key));
        assertThat(derived).containsExactly(key);
    }

    @Test
    void whatIsAskedForOftenOutlivesWhatIsAskedForOnce() {
        Object often = new Object();
        for (int i = 0; i < 10_000; i++) {
            recent.get(new Object());
            recent.get(often);
        }

        assertThat(derived).hasSize(10_001);
    }

    @Test
    void whatFitsIntoAGenerationIsDerivedOnceInWhateverOrderItComes() {
        List<Object> keys = IntStream.range(0, 100).mapToObj(i -> new Object()).toList();
        for (int round = 0; round < 50; round++) {
            keys.forEach(recent::get);
        }

        assertThat(derived).hasSize(100);
    }

    @Test
    void neverMoreThanTwoGenerationsAreKept() {
        Object first = new Object();
        recent.get(first);
        IntStream.range(0, 200).forEach(i -> recent.get(new Object()));
        recent.get(first);

        assertThat(derived).hasSize(202);
    }
}
