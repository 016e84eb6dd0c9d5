package observatory.jobs.finding;

import observatory.jobs.attribute.AttributedFlow;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Picks the few flows that a device watch looks at, before they are shuffled. */
public final class WorthWatching extends RichFlatMapFunction<AttributedFlow, Contact> {
    private static final long serialVersionUID = 1;

    private final SiteResolvers resolvers;
    private transient SiteResolvers.Rule rule;

    /** @param resolvers which resolvers the phones are meant to use */
    @SuppressWarnings("NullAway.Init")
    public WorthWatching(SiteResolvers resolvers) {
        this.resolvers = resolvers;
    }

    @Override
    public void open(OpenContext context) {
        rule = resolvers.rule();
    }

    @Override
    public void flatMap(AttributedFlow flow, Collector<Contact> out) {
        Contact contact = Contact.of(flow, rule);
        if (contact != null) {
            out.collect(contact);
        }
    }
}
