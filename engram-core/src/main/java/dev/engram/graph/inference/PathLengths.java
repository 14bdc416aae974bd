package dev.engram.graph.inference;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Expression;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Term;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lengths of all paths, counted in predictions, over which the errors of observed nodes reach each inferred node of a feed-forward
 * graph.
 */
final class PathLengths {
    private final Map<Node, BitSet> lengths = new HashMap<>();

    PathLengths(GraphEvaluation evaluation) {
        ComputationGraph graph = evaluation.graph();
        Set<Node> inferred = Set.copyOf(evaluation.inferred());
        Set<Node> observed = Set.copyOf(evaluation.observed());
        inferred.forEach(node -> lengths.put(node, new BitSet()));
        List<Node> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node predicted = nodes.get(i);
            if (observed.contains(predicted)) {
                addTo(inferred, graph.prediction(predicted), one());
            } else if (inferred.contains(predicted)) {
                addTo(inferred, graph.prediction(predicted), longer(of(predicted)));
            }
        }
    }

    private static BitSet one() {
        BitSet one = new BitSet();
        one.set(1);
        return one;
    }

    private static BitSet longer(BitSet lengths) {
        BitSet longer = new BitSet();
        lengths.stream().forEach(length -> longer.set(length + 1));
        return longer;
    }

    private void addTo(Set<Node> inferred, Expression prediction, BitSet more) {
        Set<Term> seen = new HashSet<>();
        gather(prediction, seen);
        for (Term term : seen) {
            if (term instanceof Node node && inferred.contains(node)) {
                of(node).or(more);
            }
        }
    }

    private static void gather(Term term, Set<Term> seen) {
        if (seen.add(term) && term instanceof Expression expression) {
            expression.inputs().forEach(input -> gather(input, seen));
        }
    }

    private BitSet of(Node node) {
        BitSet found = lengths.get(node);
        if (found == null) {
            throw new IllegalArgumentException("Node %s is not inferred.".formatted(node.name()));
        }
        return found;
    }

    /** Whether all paths to a node are of one length, for every node. */
    boolean areUnique() {
        return lengths.values().stream().allMatch(set -> set.cardinality() <= 1);
    }

    /** The length of the longest path to a node; 0 if there is none. */
    int longest(Node node) {
        return of(node).length() == 0 ? 0 : of(node).length() - 1;
    }

    /** The longest of all. */
    int longest() {
        return lengths.keySet().stream().mapToInt(this::longest).max().orElse(0);
    }
}
