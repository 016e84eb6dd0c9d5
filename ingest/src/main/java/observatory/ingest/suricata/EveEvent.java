package observatory.ingest.suricata;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.util.ArrayList;
import java.util.List;
import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/** The fields of one event that Observatory reads; used again for every event. Absent numbers are -1. */
final class EveEvent {
    @Nullable
    String fault;

    long timeNanos;

    @Nullable
    String type;

    String flowId = "";

    @Nullable
    IpAddress source;

    long sourcePort;

    @Nullable
    IpAddress destination;

    long destinationPort;

    @Nullable
    String transport;

    long icmpType;
    long icmpCode;

    @Nullable
    String application;

    final List<String> sourceMacs = new ArrayList<>();
    final List<String> destinationMacs = new ArrayList<>();

    long flowStartNanos;
    long flowEndNanos;
    long bytesToServer;
    long bytesToClient;
    long packetsToServer;
    long packetsToClient;

    @Nullable
    String flowState;

    @Nullable
    String dnsType;

    long dnsVersion;

    @Nullable
    String responseCode;
    /** Name and type asked for. DNS log version 1 and 2 write them, and the single answer of version 1, beside the type. */
    final EveAnswer question = new EveAnswer();

    final List<EveAnswer> answers = new ArrayList<>();
    final List<EveAnswer> grouped = new ArrayList<>();

    @Nullable
    String serverName;

    @Nullable
    String tlsVersion;

    @Nullable
    String httpHost;

    @Nullable
    String userAgent;

    @Nullable
    String httpVersion;

    @Nullable
    String dhcpType;

    @Nullable
    String clientMac;

    @Nullable
    IpAddress assignedAddress;

    @Nullable
    IpAddress clientAddress;

    @Nullable
    String hostName;

    @Nullable
    String vendorClass;

    long leaseSeconds;

    long kernelPackets;
    long kernelDrops;
    long decodedPackets;

    EveEvent() {
        clear();
    }

    void clear() {
        fault = null;
        timeNanos = ABSENT;
        type = null;
        flowId = "";
        source = null;
        sourcePort = ABSENT;
        destination = null;
        destinationPort = ABSENT;
        transport = null;
        icmpType = ABSENT;
        icmpCode = ABSENT;
        application = null;
        sourceMacs.clear();
        destinationMacs.clear();
        clearFlow();
        clearDns();
        serverName = null;
        tlsVersion = null;
        httpHost = null;
        userAgent = null;
        httpVersion = null;
        clearDhcp();
        kernelPackets = ABSENT;
        kernelDrops = ABSENT;
        decodedPackets = ABSENT;
    }

    private void clearFlow() {
        flowStartNanos = ABSENT;
        flowEndNanos = ABSENT;
        bytesToServer = ABSENT;
        bytesToClient = ABSENT;
        packetsToServer = ABSENT;
        packetsToClient = ABSENT;
        flowState = null;
    }

    private void clearDns() {
        dnsType = null;
        dnsVersion = ABSENT;
        responseCode = null;
        question.clear();
        answers.clear();
        grouped.clear();
    }

    private void clearDhcp() {
        dhcpType = null;
        clientMac = null;
        assignedAddress = null;
        clientAddress = null;
        hostName = null;
        vendorClass = null;
        leaseSeconds = ABSENT;
    }

    /** A resource record as EVE writes it: {@code {"rrname":..,"rrtype":..,"ttl":..,"rdata":..}}. */
    static final class EveAnswer {
        @Nullable
        String name;

        @Nullable
        String type;

        @Nullable
        String data;

        long ttlSeconds = ABSENT;

        void clear() {
            name = null;
            type = null;
            data = null;
            ttlSeconds = ABSENT;
        }
    }
}
