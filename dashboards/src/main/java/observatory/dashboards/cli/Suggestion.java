package observatory.dashboards.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that a mistyped one was meant to be. */
final class Suggestion {
    /** Two slips of the finger, or one pair swapped; more would be guessing. */
    private static final int FARTHEST = 2;

    private Suggestion() {}

    /** The known word nearest to the typed one, when it is near; a value after {@code =} is not looked at. */
    static Optional<String> nearest(String typed, Collection<String> known) {
        String word = typed.replaceFirst("=.*", "");
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= FARTHEST)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** Letters to insert, remove or replace until one word is the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
