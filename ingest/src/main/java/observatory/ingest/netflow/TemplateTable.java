package observatory.ingest.netflow;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The templates of one exporter, bounded; the one not asked for longest gives way. */
final class TemplateTable {
    /** Against a flood of templates under ever new ids and domains. Real exporters have some dozens. */
    static final int MOST_TEMPLATES = 4_096;

    /** Against templates of very many fields each. */
    static final int MOST_FIELDS = 131_072;

    private final Map<Long, Template> templates = new LinkedHashMap<>(16, 0.75f, true);
    private int fields;

    /** The name of a template. Source port 0 stands for every port. */
    static long key(int sourcePort, long domain, int id) {
        return (long) sourcePort << 48 | domain << 16 | id;
    }

    @Nullable
    Template get(long key) {
        return templates.get(key);
    }

    /** Keeps the template; returns how many others gave way. */
    int put(long key, Template template) {
        Template before = templates.put(key, template);
        fields += template.fields() - (before == null ? 0 : before.fields());
        int evicted = 0;
        Iterator<Template> eldest = templates.values().iterator();
        while ((templates.size() > MOST_TEMPLATES || fields > MOST_FIELDS) && eldest.hasNext()) {
            Template removed = eldest.next();
            if (removed == template) {
                break;
            }
            fields -= removed.fields();
            eldest.remove();
            evicted++;
        }
        return evicted;
    }

    void remove(long key) {
        Template removed = templates.remove(key);
        fields -= removed == null ? 0 : removed.fields();
    }

    /** Forgets all templates of a kind in a domain (RFC 7011 section 8.1). */
    void removeAll(int sourcePort, long domain, boolean isOptions) {
        long first = key(sourcePort, domain, 0);
        Iterator<Map.Entry<Long, Template>> all = templates.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Template> entry = all.next();
            boolean isOfDomain = (entry.getKey() & ~0xffffL) == first;
            if (isOfDomain && entry.getValue().isOptions() == isOptions) {
                fields -= entry.getValue().fields();
                all.remove();
            }
        }
    }

    /** All templates, the one not asked for longest first. */
    Map<Long, Template> all() {
        return templates;
    }
}
