package observatory.jobs.attribute;

import org.jspecify.annotations.Nullable;

/**
 * That somebody at a site was told: this name has this address.
 *
 * @param site the site
 * @param address the address, as the answer wrote it
 * @param device address of the device that was told, where its flows have left without this name because the answer came
 *     too late; null for every other answer, whoever asked
 * @param binding what was told
 */
public record SiteAnswer(
        String site, String address, @Nullable String device, Binding binding) {}
