package observatory.dashboards.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads sites as the command line names them: {@code zurich=10.1.0.0/16,10.2.0.0/16,basel=10.9.0.0/16}. */
final class SiteNetworks {
    private SiteNetworks() {}

    /**
     * Site name to its networks, as text.
     *
     * @param words what was given, split at commas: a word with {@code =} begins a site, one without continues it
     */
    static Map<String, List<String>> parse(List<String> words) {
        Map<String, List<String>> sites = new TreeMap<>();
        List<String> current = null;
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                current = sites.computeIfAbsent(word.substring(0, equals).strip(), name -> new ArrayList<>());
            }
            if (current == null) {
                throw CommandFailure.usage(
                        "--site: '" + word + "' names no site; wanted NAME=CIDR, such as zurich=10.1.0.0/16");
            }
            current.add(word.substring(equals + 1).strip());
        }
        return sites;
    }
}
