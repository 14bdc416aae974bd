package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.io.NumberText;
import dev.engram.memory.MemoryAudit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an audit of a memory with codes says. */
final class AuditText {
    private AuditText() {}

    static void say(Terminal terminal, MemoryAudit audit) {
        terminal.line("Audit: of %s %d are recalled as themselves, %d as one of several alike; mean MSE %s, worst %s."
                .formatted(
                        NumberText.count(audit.patterns(), "pattern"),
                        audit.recalled(),
                        audit.ambiguous(),
                        NumberText.brief(audit.errors().mean()),
                        NumberText.brief(worst(audit))));
        terminal.line("Room for %d more beside the %d: the first hidden layer has %d units."
                .formatted(audit.capacityLeft(), audit.patterns(), audit.capacity()));
        warnings(audit).forEach(terminal::warning);
    }

    private static double worst(MemoryAudit audit) {
        return Arrays.stream(audit.errors().errors()).max().orElse(0);
    }

    private static List<String> warnings(MemoryAudit audit) {
        List<String> warnings = new ArrayList<>();
        if (audit.patterns() > audit.capacity()) {
            warnings.add(
                    "The memory is past its capacity: storing or forgetting one pattern touches others. Maybe learn it again with more --hidden.");
        } else if (audit.crowded() > 0) {
            warnings.add(
                    "%d of %d codes have hardly anything of their own. Maybe learn the patterns again, together, or with more --hidden."
                            .formatted(audit.crowded(), audit.patterns()));
        }
        int lost = audit.patterns() - audit.recalled() - audit.ambiguous();
        if (lost > 0) {
            warnings.add(
                    "%d of %d patterns are not recalled as themselves even when shown whole. Maybe learn them again with more --hidden."
                            .formatted(lost, audit.patterns()));
        }
        return warnings;
    }

    static void describe(JsonOutput json, MemoryAudit audit) {
        json.with("patterns", audit.patterns())
                .with("recalled", audit.recalled())
                .with("ambiguous", audit.ambiguous())
                .with("mean_mse", audit.errors().mean())
                .with("worst_mse", worst(audit))
                .with("capacity", audit.capacity())
                .with("capacity_left", audit.capacityLeft())
                .with("sound", audit.isSound())
                .with("warnings", warnings(audit));
    }
}
