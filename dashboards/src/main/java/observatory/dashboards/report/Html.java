package observatory.dashboards.report;

import java.util.List;

/** Writes HTML in which every text is escaped: names on the wire are chosen by strangers. */
final class Html {
    private final StringBuilder out = new StringBuilder(64 * 1024);

    /** Text safe in an element and in a quoted attribute. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(isShown(c) ? c : '\uFFFD');
            }
        }
        return safe.toString();
    }

    /** Control characters do not show, and those that turn the direction of writing disguise what stands beside them. */
    private static boolean isShown(char c) {
        boolean turnsDirection = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
        return (!Character.isISOControl(c) && !turnsDirection) || c == '\n' || c == '\t';
    }

    /** Markup written in this package; never text from outside. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    /** An element around a text. */
    Html element(String tag, String text) {
        return raw("<" + tag + ">").text(text).raw("</" + tag.split(" ", 2)[0] + ">");
    }

    Html heading(int level, String id, String text) {
        return raw("<h" + level + " id=\"" + id + "\">").text(text).raw("</h" + level + ">");
    }

    /** A table; its cells are markup. */
    Html table(String cssClass, List<String> headings, List<List<String>> rows) {
        raw("<table class=\"" + cssClass + "\"><thead><tr>");
        headings.forEach(heading -> raw("<th scope=\"col\">").text(heading).raw("</th>"));
        raw("</tr></thead><tbody>");
        for (List<String> row : rows) {
            raw("<tr>");
            for (int i = 0; i < row.size(); i++) {
                raw("<td data-label=\"" + escape(headings.get(i)) + "\"><div>")
                        .raw(row.get(i))
                        .raw("</div></td>");
            }
            raw("</tr>");
        }
        return raw("</tbody></table>");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
