/** How a phone behaves: one small class per service, driven by the phone's own random numbers. */
@NullMarked
package observatory.ingest.simulate.behaviour;

import org.jspecify.annotations.NullMarked;
