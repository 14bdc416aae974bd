package dev.engram.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The params of {@link AnswerParams}, made for one stage, with their defaults. */
public final class AnswerParamSet implements Serializable {
    private static final long serialVersionUID = 1;
    private static final List<String> QUESTIONS =
            List.of(AnswerParams.RECALL, AnswerParams.COMPLETE, AnswerParams.FAMILIAR);

    private final Param<String> inputCol;
    private final Param<String> maskCol;
    private final Param<String> ask;
    private final DoubleParam falseAlarmRate;
    private final Param<String> outputPrefix;

    AnswerParamSet(Params owner) {
        this.inputCol = new Param<>(
                owner, "inputCol", "column of patterns and cues: vectors, arrays of float or double, or images");
        this.maskCol = new Param<>(
                owner, "maskCol", "column of masks, true or not 0 where a value is known; without it NaN is missing");
        this.ask = new Param<>(
                owner,
                "ask",
                "what cues are asked: " + String.join(", ", QUESTIONS),
                ParamValidators.<String>inArray(QUESTIONS));
        this.falseAlarmRate = new DoubleParam(
                owner,
                "falseAlarmRate",
                "at which a cue that is not stored may be taken for one that is, above 0 and below 1",
                ParamValidators.inRange(0, 1, false, false));
        this.outputPrefix =
                new Param<>(owner, "outputPrefix", "what the names of the columns with the answers begin with");
        owner.setDefault(inputCol, "features");
        owner.setDefault(ask, AnswerParams.RECALL);
        owner.setDefault(outputPrefix, "engram_");
    }

    Param<String> inputCol() {
        return inputCol;
    }

    Param<String> maskCol() {
        return maskCol;
    }

    Param<String> ask() {
        return ask;
    }

    DoubleParam falseAlarmRate() {
        return falseAlarmRate;
    }

    Param<String> outputPrefix() {
        return outputPrefix;
    }
}
