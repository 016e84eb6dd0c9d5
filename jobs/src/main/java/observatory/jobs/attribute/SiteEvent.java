package observatory.jobs.attribute;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Anything that concerns one address as a site sees it; exactly one is present.
 *
 * @param answer somebody was told a name for it
 * @param flow a flow to it that has no name
 */
public record SiteEvent(
        @Nullable SiteAnswer answer, @Nullable NamedFlow flow) {

    /** Answers before flows at the same instant, then content: a total order, so that no run differs from another. */
    public static final Comparator<SiteEvent> ORDER = Comparator.comparingLong(SiteEvent::timeMillis)
            .thenComparingInt(event -> event.answer != null ? 0 : 1)
            .thenComparing(SiteEvent::device)
            .thenComparingLong(event -> event.flow == null ? 0 : event.flow.startMillis())
            .thenComparingInt(event -> event.flow == null ? 0 : event.flow.devicePort())
            .thenComparing(event -> String.valueOf(event.answer != null ? event.answer : event.flow));

    /** The event of an answer. */
    static SiteEvent of(SiteAnswer answer) {
        return new SiteEvent(answer, null);
    }

    /** The event of a flow. */
    static SiteEvent of(NamedFlow flow) {
        return new SiteEvent(null, flow);
    }

    /** All that a site is told of one address, and all its flows there, share a key. */
    public String key() {
        return answer != null
                ? answer.site() + "|" + answer.address()
                : flow != null ? flow.device().site() + "|" + flow.peer() : "";
    }

    /** When the event takes effect, milliseconds since 1970: a flow once every answer that may name it has come. */
    public long timeMillis() {
        return answer != null
                ? answer.binding().answeredMillis()
                : flow != null ? flow.endMillis() + NameMemory.SKEW_MILLIS : 0;
    }

    private String device() {
        return answer != null
                ? String.valueOf(answer.device())
                : flow != null ? flow.device().address() : "";
    }
}
