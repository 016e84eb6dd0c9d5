package observatory.dashboards.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a long work has come, on standard error: at a terminal one line that is drawn over, else a plain line each
 * ten percent, so that a log stays short.
 */
final class ProgressLine {
    private static final int BAR_WIDTH = 24;
    private static final int PLAIN_STEP_PERCENT = 10;

    private final PrintWriter out;
    private final boolean isTerminal;
    private String lastWork = "";
    private int lastPercent = -1;
    private int lastLength;

    ProgressLine(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** Shows the state; cheap enough to be called a few times a second. */
    synchronized void show(Progress progress) {
        int percent = progress.percent();
        if (!progress.work().equals(lastWork)) {
            lastWork = progress.work();
            lastPercent = -1;
        }
        if (isTerminal) {
            String line = progress.bar() + " " + progress.words();
            out.print("\r" + line + " ".repeat(Math.max(0, lastLength - line.length())));
            out.flush();
            lastLength = line.length();
        } else if (percent / PLAIN_STEP_PERCENT > lastPercent / PLAIN_STEP_PERCENT || lastPercent < 0) {
            out.println(progress.words());
            out.flush();
            lastPercent = percent;
        }
    }

    /** Leaves the line, so that what follows begins on its own. */
    synchronized void end() {
        if (isTerminal && lastLength > 0) {
            out.print("\r" + " ".repeat(lastLength) + "\r");
            out.flush();
            lastLength = 0;
        }
    }

    /**
     * A state of the work.
     *
     * @param work what is being done, one word
     * @param doneBytes how much of it is done
     * @param totalBytes how much there is; 0 when unknown
     * @param elapsed since the start
     */
    record Progress(String work, long doneBytes, long totalBytes, Duration elapsed) {
        int percent() {
            return totalBytes <= 0 ? 0 : (int) Math.clamp(doneBytes * 100.0 / totalBytes, 0, 100);
        }

        String bar() {
            int full = percent() * BAR_WIDTH / 100;
            return "[" + "=".repeat(full) + " ".repeat(BAR_WIDTH - full) + "]";
        }

        String words() {
            double seconds = Math.max(elapsed.toMillis(), 1) / 1000.0;
            return String.format(
                    Locale.ROOT,
                    "%s %3d %%, %.1f of %.1f MB, %.1f MB/s",
                    work,
                    percent(),
                    doneBytes / 1e6,
                    totalBytes / 1e6,
                    doneBytes / 1e6 / seconds);
        }
    }
}
