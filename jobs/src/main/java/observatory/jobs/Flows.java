package observatory.jobs;

import observatory.jobs.attribute.AttributedFlow;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * All flows, in two streams: a flow that its own device names goes on in the task that named it and is never written to a
 * network buffer before it has become something small. A union of the two would break that chain.
 *
 * @param named flows named by what they announced or their device was told; and those to groups, which have no names
 * @param guessed all other flows, which asked what others of the site were told: with a guess, or still without a name
 */
record Flows(SingleOutputStreamOperator<AttributedFlow> named, SingleOutputStreamOperator<AttributedFlow> guessed) {

    /** What is made of each flow, in the task where the flow is. */
    <T> DataStream<T> each(FlatMapFunction<AttributedFlow, T> made, Class<T> type, String name) {
        return each(named, made, type, name).union(each(guessed, made, type, name + "-guessed"));
    }

    private static <T> SingleOutputStreamOperator<T> each(
            DataStream<AttributedFlow> flows, FlatMapFunction<AttributedFlow, T> made, Class<T> type, String name) {
        return flows.flatMap(made).returns(TypeInformation.of(type)).uid(name).name(name);
    }
}
