package observatory.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.RawMessage;
import observatory.jobs.attribute.DeviceEvent;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.Reached;
import observatory.jobs.order.Combine;
import observatory.jobs.source.ArchiveSource;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.SerializedListAccumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Where the flows of archives went, by address and name: the first half of the job, without attribution and documents. */
public final class Destinations {
    private Destinations() {}

    /**
     * Reads archives to their end.
     *
     * @return every destination once, in the order of its key; they have to fit into memory, a few hundred bytes each
     * @throws ReplayException when the job failed for good
     */
    public static List<Reached> of(Survey survey, JobConfig config, int parallelism) {
        Configuration configuration = OwnCluster.configuration(parallelism);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, true); // it keeps no state that anything goes on from
        try (StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration)) {
            DataStream<RawMessage> messages = ArchiveSource.from(environment, survey);
            SingleOutputStreamOperator<DeviceEvent> events = ObservatoryJob.decode(messages, config);
            SingleOutputStreamOperator<NamedFlow> named = ObservatoryJob.name(events, config);
            DataStream<Reached> reached = named.union(ObservatoryJob.guess(events, named, false))
                    .map(Reached::of)
                    .returns(TypeInformation.of(Reached.class))
                    .transform(
                            "combine",
                            TypeInformation.of(Reached.class),
                            new Combine<>(
                                    Reached::key,
                                    Reached::plus,
                                    Duration.ofDays(1).toMillis()));
            reached.map(new Gather())
                    .returns(TypeInformation.of(Reached.class))
                    .name("gather")
                    .sinkTo(new DiscardingSink<>());
            JobExecutionResult ended = environment.execute("destinations");
            return merged(ended.getAccumulatorResult(Gather.NAME));
        } catch (Exception e) {
            throw new ReplayException("the destinations cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Reached> merged(ArrayList<byte[]> gathered) throws Exception {
        Map<String, Reached> byKey = new TreeMap<>();
        SerializedListAccumulator.deserializeList(gathered, serializer())
                .forEach(one -> byKey.merge(one.key(), one, Reached::plus));
        return List.copyOf(byKey.values());
    }

    private static TypeSerializer<Reached> serializer() {
        return TypeInformation.of(Reached.class).createSerializer(new SerializerConfigImpl());
    }

    /** Hands what it is given to whoever started the job. */
    private static final class Gather extends RichMapFunction<Reached, Reached> {
        static final String NAME = "destinations";
        private static final long serialVersionUID = 1;

        private transient SerializedListAccumulator<Reached> gathered;
        private transient TypeSerializer<Reached> serializer;

        @SuppressWarnings("NullAway.Init")
        Gather() {}

        @Override
        public void open(OpenContext context) {
            serializer = serializer();
            gathered = new SerializedListAccumulator<>();
            getRuntimeContext().addAccumulator(NAME, gathered);
        }

        @Override
        public Reached map(Reached reached) throws Exception {
            gathered.add(reached, serializer);
            return reached;
        }
    }
}
