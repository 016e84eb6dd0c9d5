package observatory.geo.attribution;

import observatory.geo.address.IpAddress;
import observatory.geo.name.DomainName;
import observatory.geo.party.Cloud;
import observatory.geo.party.Clouds;
import observatory.geo.party.NetworkTable;
import observatory.geo.party.Operator;
import observatory.geo.party.Party;
import observatory.geo.party.ServiceMatch;
import observatory.geo.place.Places;
import org.jspecify.annotations.Nullable;

/**
 * What the tables say of one destination, before it is put into an answer.
 *
 * @param address the address that was looked up
 * @param name what it was called; null without a name
 * @param target last name of the CNAME chain; null without a chain
 * @param row who announces the address; null when nobody does
 * @param cloud whose network that is; null when the catalogue does not say
 * @param match what the catalogue knows it to be; null when it has no entry
 */
record Found(
        IpAddress address,
        @Nullable DomainName name,
        @Nullable DomainName target,
        NetworkTable.@Nullable Row row,
        @Nullable Cloud cloud,
        @Nullable ServiceMatch match) {

    @Nullable
    Operator operator() {
        return match == null ? null : match.entry().operator();
    }

    /** Who lets the destination to others: by the name, and without one by the address. */
    @Nullable
    Cloud hiredFrom(Clouds clouds) {
        return name == null ? cloud : clouds.find(name);
    }

    /** What the destination is to phones. */
    Party party(Clouds clouds) {
        if (match != null) {
            return Party.of(match.entry().service(), operator());
        }
        Cloud hired = hiredFrom(clouds);
        if (hired != null) {
            return Party.of(hired.role());
        }
        if (!address.isGlobal()) {
            return Party.of(Party.Role.LOCAL);
        }
        return Party.of(name == null ? Party.Role.UNKNOWN : Party.Role.THIRD);
    }

    Places.Question question(Clouds clouds) {
        return new Places.Question(
                address,
                name,
                target,
                row == null ? 0 : row.asn(),
                cloud == null ? "" : cloud.id(),
                isDisputed(clouds));
    }

    /** Whose hosts are disputed is so wherever they are announced from: the table of networks is never complete. */
    private boolean isDisputed(Clouds clouds) {
        return isDisputed(cloud)
                || (name != null && isDisputed(clouds.find(name)))
                || (target != null && isDisputed(clouds.find(target)));
    }

    private static boolean isDisputed(@Nullable Cloud host) {
        return host != null && host.disputed();
    }
}
