package observatory.geo.snapshot;

/**
 * Something that makes answers worse than they could be.
 *
 * @param what what is missing or wrong, and which answers suffer
 * @param remedy what to do
 */
public record Problem(String what, String remedy) {
    @Override
    public String toString() {
        return what + "; " + remedy;
    }
}
