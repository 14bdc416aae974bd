package dev.engram.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** How a memory stands in the folder of a saved pipeline: Spark's metadata, and our memory file beside it. */
final class MemoryStage {
    private static final String FILE = "memory.engram";

    private MemoryStage() {}

    /** Writes a model. */
    static final class Writer extends MLWriter {
        private final AssociativeMemoryModel model;

        Writer(AssociativeMemoryModel model) {
            this.model = model;
        }

        @Override
        public void saveImpl(String folder) {
            DefaultParamsWriter$.MODULE$.saveMetadata(model, folder, sparkSession());
            MemoryBytes.throughFile(local -> {
                model.file().write(local);
                Path target = new Path(folder, FILE);
                fileSystem(target, sc().hadoopConfiguration()).copyFromLocalFile(new Path(local.toUri()), target);
                return target;
            });
        }
    }

    /** Reads one. */
    static final class Reader extends MLReader<AssociativeMemoryModel> {
        @Override
        public AssociativeMemoryModel load(String folder) {
            DefaultParamsReader.Metadata metadata = DefaultParamsReader$.MODULE$.loadMetadata(
                    folder, sparkSession(), AssociativeMemoryModel.class.getName());
            Path source = new Path(folder, FILE);
            MemoryBytes file = MemoryBytes.throughFile(local -> {
                fileSystem(source, sc().hadoopConfiguration()).copyToLocalFile(source, new Path(local.toUri()));
                return MemoryBytes.of(local);
            });
            AssociativeMemoryModel model = new AssociativeMemoryModel(metadata.uid(), file);
            metadata.getAndSetParams(model, Option.empty());
            return model;
        }
    }

    private static FileSystem fileSystem(Path path, Configuration configuration) {
        try {
            return path.getFileSystem(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException("There is no file system for %s.".formatted(path), e);
        }
    }
}
