package observatory.jobs;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** The Flink inside this process: what all jobs that run in it have in common. */
final class OwnCluster {
    /** Buffers between tasks, for each task side by side. The graph asks for about half; Flink's own default is less. */
    private static final MemorySize NETWORK = MemorySize.ofMebiBytes(96);

    private OwnCluster() {}

    /**
     * A configuration to build on.
     *
     * @param parallelism tasks side by side, at least 1
     */
    static Configuration configuration(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(JobManagerOptions.BIND_HOST, "localhost"); // nothing of it is to be reached from outside
        configuration.set(TaskManagerOptions.BIND_HOST, "localhost");
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK.multiply(parallelism));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK.multiply(parallelism));
        return configuration;
    }
}
