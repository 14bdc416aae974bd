package dev.engram.spark;

import dev.engram.linalg.LinearAlgebra;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/** The linear algebra of a task, with the {@code spark.task.cpus} threads that Spark has set aside for it. */
final class TaskThreads {
    private static final Map<Integer, LinearAlgebra> BY_THREADS = new ConcurrentHashMap<>();

    private TaskThreads() {}

    /** Of the calling task. One of more threads is shared by the tasks of a process, whose helpers go from one to the other. */
    static LinearAlgebra linearAlgebra() {
        @Nullable TaskContext context = TaskContext.get();
        return BY_THREADS.computeIfAbsent(context == null ? 1 : context.cpus(), LinearAlgebra::withThreads);
    }
}
