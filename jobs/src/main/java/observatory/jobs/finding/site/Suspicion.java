package observatory.jobs.finding.site;

import observatory.jobs.finding.Finding;

/**
 * What a device does that may be its own affair, or that of its whole site.
 *
 * @param subject what the affair is about, the same for all devices that do alike: a kind and an endpoint
 * @param headline the finding of the site, should most of its devices do so, in one sentence
 * @param finding the finding of the device, as known so far
 */
public record Suspicion(String subject, String headline, Finding finding) {}
