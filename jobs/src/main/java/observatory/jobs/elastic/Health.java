package observatory.jobs.elastic;

/**
 * Whether operations will succeed, as a value.
 *
 * @param ok whether documents can be written and searched now
 * @param sentence what was found and, when not ok, what to do
 */
public record Health(boolean ok, String sentence) {}
