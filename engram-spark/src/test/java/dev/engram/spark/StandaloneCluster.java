package dev.engram.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** A cluster of Spark on this machine: a master and workers, each a process of its own, on loopback. They end with it. */
final class StandaloneCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String MASTER = "org.apache.spark.deploy.master.Master";
    /** Options of Java for processes that live for seconds, which nobody measures. */
    static final String SHORT_LIFE = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    private final Path folder;
    private final String executorOptions;
    private final int port;
    private final Process master;
    private final List<Process> workers = new ArrayList<>();

    /**
     * Starts a master.
     *
     * @param folder for what the processes write
     * @param executorOptions of Java, for the executors
     */
    StandaloneCluster(Path folder, String executorOptions) throws IOException, InterruptedException {
        this.folder = folder;
        this.executorOptions = executorOptions;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            this.port = free.getLocalPort();
        }
        Path jars = Files.createDirectories(folder.resolve("home").resolve("jars"));
        for (String entry : classPath()) {
            Path jar = Path.of(entry);
            Path link = jars.resolve(jar.getFileName());
            if (Files.isRegularFile(jar) && !Files.exists(link)) {
                Files.createSymbolicLink(link, jar);
            }
        }
        this.master = start(MASTER, "--port", String.valueOf(port));
        long began = System.nanoTime();
        while (!leads()) {
            if (System.nanoTime() - began > PATIENCE || !master.isAlive()) {
                close();
                throw new IllegalStateException("The master did not start; see %s.".formatted(folder));
            }
            Thread.sleep(100);
        }
    }

    private static List<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    /** Its port is open earlier, but whoever asks then is not heard, and asks again after 20 seconds. */
    private boolean leads() throws IOException {
        return Files.readString(said(MASTER, 0)).contains("elected leader");
    }

    private Path said(String type, int number) {
        return folder.resolve("%s-%d.txt".formatted(type, number));
    }

    private Process start(String type, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(List.of(SHORT_LIFE.split(" ")));
        command.addAll(List.of(System.getProperty("spark.opens").split(" ")));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), type, "--host", HOST, "--webui-port", "0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said(type, workers.size()).toFile());
        builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", HOST);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /** Starts a worker of one core. */
    void addWorker() throws IOException {
        workers.add(start(
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "2g",
                "--work-dir",
                folder.resolve("work-%d".formatted(workers.size())).toString(),
                url()));
    }

    /** Ends a worker and its executors as a machine ends that loses its power: kill -9. */
    void kill(int worker) {
        kill(workers.get(worker));
    }

    private static void kill(Process process) {
        List<ProcessHandle> all = process.descendants().collect(Collectors.toList());
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private String url() {
        return "spark://%s:%d".formatted(HOST, port);
    }

    /** A session whose executors are on the workers. */
    SparkSession session(int executors) throws InterruptedException {
        SparkSession session = LocalSpark.builder(url())
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer") // the others have Java's own
                .config("spark.executor.cores", 1)
                .config("spark.executor.memory", "1536m")
                .config(
                        "spark.executor.extraClassPath",
                        classPath().stream()
                                .filter(entry -> Files.isDirectory(Path.of(entry)))
                                .collect(Collectors.joining(File.pathSeparator)))
                .config(
                        "spark.executor.extraJavaOptions",
                        "--enable-native-access=ALL-UNNAMED -Dengram.kernels=openblas " + executorOptions)
                .config("spark.excludeOnFailure.enabled", false)
                .getOrCreate();
        requireExecutors(session, executors);
        return session;
    }

    /** Waits until there are so many executors. */
    void requireExecutors(SparkSession session, int executors) throws InterruptedException {
        long began = System.nanoTime();
        while (session.sparkContext().statusTracker().getExecutorInfos().length - 1 < executors) {
            if (System.nanoTime() - began > PATIENCE) {
                throw new IllegalStateException("%d executors did not start; see %s.".formatted(executors, folder));
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        workers.forEach(StandaloneCluster::kill);
        kill(master);
    }
}
