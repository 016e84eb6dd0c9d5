package observatory.jobs.sink;

import java.io.Serializable;
import observatory.jobs.document.Document;

/**
 * A document that waits for Elasticsearch.
 *
 * @param index full index name
 * @param id document id
 * @param version {@link Document#UNVERSIONED}, or the state of a document that evolves
 * @param json the source in UTF-8
 * @param rejection whether it stands in for a document that was refused
 */
record PendingWrite(String index, String id, long version, byte[] json, boolean rejection) implements Serializable {

    /** Index, id and the words of an action line. */
    private static final int ACTION_BYTES = 60;

    static PendingWrite of(Document document) {
        return new PendingWrite(document.index(), document.id(), document.version(), document.json(), false);
    }

    Document document() {
        return new Document(index, id, version, json);
    }

    /** Bytes in a request before compression. */
    long size() {
        return json.length + index.length() + id.length() + (long) ACTION_BYTES;
    }
}
