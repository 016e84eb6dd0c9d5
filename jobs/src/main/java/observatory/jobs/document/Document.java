package observatory.jobs.document;

/**
 * One document on its way to Elasticsearch. The id is derived from what the document is about, so that writing it again
 * overwrites it and a replay leaves the same index.
 *
 * @param index full index name, {@code observatory-flows-2026.11.23}
 * @param id document id, at most 512 bytes
 * @param version for documents that evolve: grows with each state of the same id, so that requests in flight at the same
 *     time cannot leave an older state behind (external version, greater or equal wins; a conflict means that a newer
 *     state is stored already). {@link #UNVERSIONED} for documents that are written once
 * @param json the source, one JSON object in UTF-8 with flat dotted ECS field names
 */
public record Document(String index, String id, long version, byte[] json) {
    /** The document never changes. */
    public static final long UNVERSIONED = -1;
}
