package observatory.jobs.elastic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1. */
final class Ports {

    private Ports() {}

    /** The port wanted when it is free, any free one for 0. */
    static int choose(int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ElasticException(
                    ElasticException.NO_ANSWER,
                    "Port " + wanted + " on 127.0.0.1 is in use (" + e.getMessage() + "); choose another one.",
                    e);
        }
    }
}
