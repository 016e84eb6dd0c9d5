package observatory.jobs.attribute;

import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Changes the data behind attributions while a live job runs. A stream of its own beside that of the flows: it can neither
 * hold up their event time nor cost them anything.
 */
public final class GeoWatch {
    private GeoWatch() {}

    /**
     * Looks every so often, and tells all tasks.
     *
     * @param geo what the job attributes by
     * @param every how often to look
     * @param clock tells when a change was noticed
     * @return what was changed and what could not be
     */
    public static DataStream<GeoChange> define(
            StreamExecutionEnvironment environment, GeoAccess geo, Duration every, Clock clock) {
        GeneratorFunction<Long, Long> tick = number -> number;
        DataGeneratorSource<Long> ticks = new DataGeneratorSource<>(
                tick, Long.MAX_VALUE, RateLimiterStrategy.perSecond(1e3 / every.toMillis()), Types.LONG);
        SingleOutputStreamOperator<GeoChange> changes = environment
                .fromSource(ticks, WatermarkStrategy.noWatermarks(), "look-ticks")
                .setParallelism(1)
                .uid("look-ticks")
                .flatMap(new LookForGeo(geo, clock))
                .returns(TypeInformation.of(GeoChange.class))
                .setParallelism(1)
                .uid("look-for-geo")
                .name("look-for-geo");
        SingleOutputStreamOperator<GeoChange> failures = changes.broadcast()
                .flatMap(new TakeOverGeo(geo))
                .returns(TypeInformation.of(GeoChange.class))
                .uid("take-over-geo")
                .name("take-over-geo");
        return changes.union(failures);
    }
}
