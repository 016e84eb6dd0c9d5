package observatory.ingest.simulate.zeek;

/**
 * One column of a Zeek log.
 *
 * @param name as in {@code #fields}
 * @param type its type
 */
record Column(String name, Type type) {
    /** Zeek's types, as {@code #types} names them; in values, times and intervals are microseconds. */
    enum Type {
        TIME("time"),
        INTERVAL("interval"),
        STRING("string"),
        ADDR("addr"),
        PORT("port"),
        ENUM("enum"),
        COUNT("count"),
        BOOL("bool"),
        STRINGS("vector[string]"),
        INTERVALS("vector[interval]"),
        STRING_SET("set[string]");

        private final String label;

        Type(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }
}
