package observatory.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LocalServicesTest {
    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private final LocalServices services = LocalServices.open();

    @Test
    void whatWasStartedLastIsStoppedFirst() throws Exception {
        services.start("database", () -> () -> stopped.add("database"));
        services.start("console", () -> () -> stopped.add("console"));

        services.close();

        assertThat(stopped).containsExactly("console", "database");
    }

    @Test
    void aServiceThatFailsToStopDoesNotKeepTheOthersRunning() throws Exception {
        services.start("database", () -> () -> stopped.add("database"));
        services.start("console", () -> () -> {
            throw new IllegalStateException("stuck");
        });

        services.close();

        assertThat(stopped).containsExactly("database");
    }

    @Test
    void closingTwiceStopsOnce() throws Exception {
        services.start("database", () -> () -> stopped.add("database"));

        services.close();
        services.close();

        assertThat(stopped).containsExactly("database");
    }

    @Test
    void nothingStartsAfterTheEnd() {
        services.close();

        assertThatThrownBy(() -> services.start("late", () -> () -> stopped.add("late")))
                .isInstanceOf(InterruptedException.class);
        assertThat(stopped).isEmpty();
    }

    @Test
    void aStartIsInterruptedWhenTheEndComes() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        Thread slow = new Thread(() -> startForever(starting));
        slow.start();
        starting.await();

        services.close();
        slow.join();

        assertThat(stopped).containsExactly("start interrupted");
    }

    @Test
    void whoWaitsIsWokenByTheEnd() throws Exception {
        Thread waiting = new Thread(() -> {
            try {
                services.awaitClose();
                stopped.add("woken");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();

        services.close();
        waiting.join();

        assertThat(stopped).containsExactly("woken");
    }

    private void startForever(CountDownLatch starting) {
        try {
            services.start("slow", () -> {
                starting.countDown();
                Thread.sleep(60_000);
                return () -> {};
            });
        } catch (Exception e) {
            stopped.add("start interrupted");
        }
    }
}
