package observatory.ingest.simulate.behaviour;

/**
 * What a client and a server are going to say to each other.
 *
 * @param purpose what for
 * @param name name of the server
 * @param port its port
 * @param up bytes the client's application sends
 * @param down bytes the server's application sends
 * @param took microseconds from request to the end of the answer
 */
record Exchange(String purpose, String name, int port, long up, long down, long took) {}
