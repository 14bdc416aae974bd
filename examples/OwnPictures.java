///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//REPOS mavencentral,mavenlocal
//DEPS dev.engram:engram-io:0.1.0-SNAPSHOT

import dev.engram.io.Flags;
import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.ReadOptions;
import dev.engram.io.image.ImageWriter;
import dev.engram.io.memory.Catalogue;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Identifier;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Stores your pictures, hides the lower halves, completes them, and says which picture each cue is. */
public class OwnPictures {
    public static void main(String[] args) throws Exception {
        // a folder of pictures, or the flags
        PatternSet pictures = args.length > 0
                ? PatternReader.read(Path.of(args[0]), ReadOptions.defaults().withResize(32, 32))
                : Flags.read(32);

        // store: a network, and the code of every picture
        MemoryModel model = AttractorOptions.over(PredictiveCodingOptions.defaults());
        Learned<? extends AssociativeMemory> learned =
                model.learn(pictures.patterns(), pictures.shape(), 0, MemoryModel.Watch.NONE);
        AssociativeMemory memory = learned.memory();
        System.out.printf("%d pictures stored in %d bytes%n", pictures.count(), memory.bytes());

        // damage: only the upper half is known
        Mask upperHalf = Mask.known(Region.parse("top:0.5"), pictures.shape(), pictures.count(), 0);

        // complete
        Recall recall = memory.complete(pictures.patterns(), upperHalf);
        Score score = Score.of(pictures.patterns(), recall.patterns());
        System.out.printf(
                "%d came back (mean squared error below %s)%n",
                score.recovered(Score.COMPLETION_THRESHOLD), Score.COMPLETION_THRESHOLD);

        // who is it?
        Identifier identifier = memory.identifier().orElseThrow();
        List<Answer> answers = identifier.identify(pictures.patterns(), upperHalf);
        int right = 0;
        int several = 0;
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Answer.Recalled recalled && recalled.index() == i) {
                right++;
            } else if (answers.get(i) instanceof Answer.Ambiguous ambiguous) {
                several++;
                System.out.printf("%s: %d pictures fit%n", pictures.names().get(i), ambiguous.candidates().size());
            }
        }
        System.out.printf("%d recognised, %d ambiguous%n", right, several);

        // keep: a memory file, which ./engram and Python open too, and the answers as pictures
        Path folder = Files.createTempDirectory("own-pictures");
        Provenance provenance = Provenance.of(
                learned,
                pictures.count(),
                pictures.digest(),
                0,
                model.describe(),
                Score.COMPLETION_THRESHOLD,
                Software.current(LinearAlgebra.shared().description()));
        Catalogue names = new Catalogue(pictures.names(), List.of());
        Path file = folder.resolve("pictures.engram");
        MemoryFile.write(
                file,
                new StoredMemory(memory, pictures.shape(), provenance, names, Optional.empty(), Optional.empty()));
        ImageWriter.writeFolder(folder.resolve("completed"), recall.patterns(), pictures.shape(), pictures.uniqueNames());
        System.out.printf("read again: %d names%n", MemoryFile.read(file).names().size());
        System.out.println("written to " + folder);
    }
}
