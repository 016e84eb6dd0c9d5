package observatory.geo.catalogue;

import java.time.LocalDate;

/**
 * Where a statement comes from.
 *
 * @param grade A official document or own measurement, B serious secondary source, C one secondary source or code file, D
 *     not verified
 * @param source address or key of the source
 * @param date when the statement was last reviewed
 */
public record Provenance(String grade, String source, LocalDate date) {

    /** Source, grade and date in one line, as evidence prints it. */
    @Override
    public String toString() {
        return source + " (grade " + grade + ", reviewed " + date + ")";
    }
}
