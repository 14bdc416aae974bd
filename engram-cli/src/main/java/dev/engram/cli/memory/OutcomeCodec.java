package dev.engram.cli.memory;

import dev.engram.inference.Status;
import dev.engram.memory.Answer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Outcomes as bytes, to be kept beside answers that are being written; read by the same version of the program only.
 *
 * <pre>{@code
 * outcome = status (byte), energy, residual (double), steps (int), trusted or -1 (int), answer
 * answer  = 0 | 1 index (int) margin (double) candidates | 2 candidates | 3 score (double) candidates
 * candidates = their number (int), for each index (int) and probability (double)
 * }</pre>
 */
final class OutcomeCodec {
    private static final int NONE = 0;
    private static final int RECALLED = 1;
    private static final int AMBIGUOUS = 2;
    private static final int UNFAMILIAR = 3;

    private OutcomeCodec() {}

    static void write(Outcome outcome, DataOutputStream out) throws IOException {
        out.writeByte(outcome.status().ordinal());
        out.writeDouble(outcome.energy());
        out.writeDouble(outcome.residual());
        out.writeInt(outcome.steps());
        out.writeInt(outcome.trusted().orElse(-1));
        if (outcome.answer().isEmpty()) {
            out.writeByte(NONE);
            return;
        }
        Answer answer = outcome.answer().get();
        if (answer instanceof Answer.Recalled recalled) {
            out.writeByte(RECALLED);
            out.writeInt(recalled.index());
            out.writeDouble(recalled.margin());
        } else if (answer instanceof Answer.Unfamiliar unfamiliar) {
            out.writeByte(UNFAMILIAR);
            out.writeDouble(unfamiliar.score());
        } else {
            out.writeByte(AMBIGUOUS);
        }
        out.writeInt(answer.candidates().size());
        for (Answer.Candidate candidate : answer.candidates()) {
            out.writeInt(candidate.index());
            out.writeDouble(candidate.probability());
        }
    }

    /** All outcomes in the bytes. */
    static List<Outcome> read(byte[] bytes) {
        List<Outcome> outcomes = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                outcomes.add(read(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What was noted of earlier answers ends early.", e);
        }
        return outcomes;
    }

    private static Outcome read(DataInputStream in) throws IOException {
        Status status = Status.values()[in.readByte()];
        double energy = in.readDouble();
        double residual = in.readDouble();
        int steps = in.readInt();
        int trusted = in.readInt();
        return new Outcome(
                status,
                energy,
                residual,
                steps,
                answer(in),
                trusted < 0 ? OptionalInt.empty() : OptionalInt.of(trusted));
    }

    private static Optional<Answer> answer(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case NONE -> Optional.empty();
            case RECALLED -> Optional.of(new Answer.Recalled(in.readInt(), in.readDouble(), candidates(in)));
            case AMBIGUOUS -> Optional.of(new Answer.Ambiguous(candidates(in)));
            case UNFAMILIAR -> Optional.of(new Answer.Unfamiliar(in.readDouble(), candidates(in)));
            default -> throw new IOException("no such answer");
        };
    }

    private static List<Answer.Candidate> candidates(DataInputStream in) throws IOException {
        List<Answer.Candidate> candidates = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            candidates.add(new Answer.Candidate(in.readInt(), in.readDouble()));
        }
        return candidates;
    }
}
