package observatory.geo.party;

/**
 * Who was given the prefix of a MAC address.
 *
 * @param name short name, the same word as a service's vendor where the catalogue knows the maker; else the organisation
 * @param organisation name in the IEEE registry
 * @param prefix the assigned prefix, 6, 7 or 9 capital hex digits
 */
public record DeviceMaker(String name, String organisation, String prefix) {}
