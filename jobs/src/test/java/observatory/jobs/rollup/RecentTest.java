package observatory.jobs.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final List<Object> derived = new ArrayList<>();
    private final Recent<Object, String> recent = new Recent<>(100);

    @Test
    void whatComesAgainIsDerivedOnce() {
        Object key = new Object();

        assertThat(get(key)).isEqualTo("of " + key).isSameAs(get(key));
        assertThat(derived).containsExactly(key);
    }

    @Test
    void whatIsAskedForOftenOutlivesWhatIsAskedForOnce() {
        Object often = new Object();
        for (int i = 0; i < 10_000; i++) {
            get(new Object());
            get(often);
        }

        assertThat(derived).hasSize(10_001);
    }

    @Test
    void whatFitsIntoAGenerationIsDerivedOnceInWhateverOrderItComes() {
        List<Object> keys = IntStream.range(0, 100).mapToObj(i -> new Object()).toList();
        for (int round = 0; round < 50; round++) {
            keys.forEach(this::get);
        }

        assertThat(derived).hasSize(100);
    }

    @Test
    void neverMoreThanTwoGenerationsAreKept() {
        Object first = new Object();
        get(first);
        IntStream.range(0, 200).forEach(i -> get(new Object()));
        get(first);

        assertThat(derived).hasSize(202);
    }

    private String get(Object key) {
        return recent.get(key, key, from -> {
            derived.add(from);
            return "of " + from;
        });
    }
}
