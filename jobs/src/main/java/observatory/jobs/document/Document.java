package observatory.jobs.document;

/**
 * One document on its way to Elasticsearch. The id is derived from what the document is about, so that writing it again
 * overwrites it and a replay leaves the same index.
 *
 * @param index full index name, {@code observatory-flows-2026.11.23}
 * @param id document id, at most 512 bytes
 * @param json the source, one JSON object in UTF-8 with flat dotted ECS field names
 */
public record Document(String index, String id, byte[] json) {}
