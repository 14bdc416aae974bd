// jshell --class-path "engram-cli/target/*:engram-cli/target/lib/*" examples/first-steps.jsh
import dev.engram.io.*;
import dev.engram.learning.*;
import dev.engram.memory.*;
import dev.engram.memory.pcn.*;

PatternSet flags = Flags.read(32)
PredictiveCodingMemory memory = PredictiveCodingMemory.learn(flags.patterns(), PredictiveCodingOptions.defaults(), LearningObserver.NONE).memory()
Mask upperHalf = Mask.known(Region.parse("top:0.5"), flags.shape(), flags.count(), 0)
Recall recall = memory.complete(flags.patterns(), upperHalf)
System.out.println(Score.of(flags.patterns(), recall.patterns()).recovered(0.001) + " of " + flags.count() + " flags came back")
System.out.println(recall.status().stream().distinct().toList())
/exit
