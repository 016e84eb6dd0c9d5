package observatory.dashboards.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services that live as long as this process at most. What was started last is stopped first. Closing is safe from any
 * thread and happens once; a service that is being started meanwhile is interrupted and stopped as soon as it is up.
 */
public final class LocalServices implements AutoCloseable {
    /** How long closing waits for a start that it has interrupted; the process ends soon after in any case. */
    private static final Duration INTERRUPTED_START = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(LocalServices.class);

    private final Deque<Running> running = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread starter;
    private boolean isClosing;

    private LocalServices() {}

    /** Services that are stopped by {@link #close}. */
    public static LocalServices open() {
        return new LocalServices();
    }

    /** Services that are stopped by {@link #close}, or when the process is asked to end (Ctrl-C, SIGTERM). */
    public static LocalServices untilProcessEnds() {
        LocalServices services = new LocalServices();
        Runtime.getRuntime().addShutdownHook(new Thread(services::close, "stop-services"));
        return services;
    }

    /**
     * Starts one service and keeps it until the end.
     *
     * @throws InterruptedException when the services are being closed
     * @throws Exception what the start itself throws
     */
    public <S extends AutoCloseable> S start(String name, Callable<S> start) throws Exception {
        enter();
        try {
            S service = start.call();
            synchronized (this) {
                running.push(new Running(name, service));
            }
            LOG.info("{} started", name);
            return service;
        } finally {
            leave();
        }
    }

    /** Waits until the services are closed by another thread. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Waits so long at most; whether the services were closed meanwhile. */
    public boolean awaitClose(Duration patience) throws InterruptedException {
        return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (!beginClosing()) {
            return;
        }
        awaitStarter();
        for (Running service = next(); service != null; service = next()) {
            service.stop();
        }
        closed.countDown();
    }

    private synchronized void enter() throws InterruptedException {
        if (isClosing) {
            throw new InterruptedException("services are being stopped");
        }
        starter = Thread.currentThread();
    }

    private synchronized void leave() {
        starter = null;
        notifyAll();
    }

    private synchronized boolean beginClosing() {
        boolean isFirst = !isClosing;
        isClosing = true;
        return isFirst;
    }

    private synchronized void awaitStarter() {
        Thread busy = starter;
        if (busy == null || busy == Thread.currentThread()) {
            return;
        }
        busy.interrupt();
        long end = System.nanoTime() + INTERRUPTED_START.toNanos();
        try {
            for (long left = INTERRUPTED_START.toMillis(); starter != null && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Running next() {
        return running.poll();
    }

    private record Running(String name, AutoCloseable service) {
        void stop() {
            try {
                service.close();
                LOG.info("{} stopped", name);
            } catch (Exception e) {
                // The others are to be stopped as well.
                LOG.info("{} did not stop cleanly", name, e);
            }
        }
    }
}
