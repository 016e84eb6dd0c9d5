package observatory.ingest.netflow;

/**
 * A data set that waits for its template.
 *
 * @param export the datagram it came in; its message holds the bytes of this set alone
 * @param templateId which template it wants
 */
record HeldSet(Export export, int templateId) {
    int bytes() {
        return export.message().payload().length;
    }
}
