package observatory.geo.catalogue;

/**
 * An entry of the user's own catalogue that holds in place of one of the product's.
 *
 * @param what the entry of the product: {@code operator yealink}, {@code host rps.yealink.com (Yealink/RPS)}
 * @param file the user's file
 * @param line where its entry begins, from 1
 */
public record Replacement(String what, String file, int line) {
    @Override
    public String toString() {
        return what + " is replaced by " + file + ", entry at line " + line;
    }
}
