package dev.engram.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    private final Path folder;
    private final int port;
    private final Process master;
    private final List<Process> workers = new ArrayList<>();

    /**
     * Starts a master.
     *
     * @param folder for what the processes write
     */
    StandaloneCluster(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
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
        this.master = start("org.apache.spark.deploy.master.Master", "--port", String.valueOf(port));
        long began = System.nanoTime();
        while (!answers()) {
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

    private boolean answers() {
        try (Socket socket = new Socket(HOST, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private Process start(String type, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(List.of(System.getProperty("spark.opens").split(" ")));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), type, "--host", HOST, "--webui-port", "0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("%s-%d.txt".formatted(type, workers.size()))
                        .toFile());
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
                        "--enable-native-access=ALL-UNNAMED -Dengram.kernels=openblas")
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
