package dev.engram.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What an estimator and its model have in common: where cues are read, what is asked, and where answers go.
 *
 * @param <T> the stage itself
 */
public interface AnswerParams<T> extends Params {
    /** Values of {@link #ask}. */
    String RECALL = "recall";

    /** Fills in the missing values, and trusts the others. */
    String COMPLETE = "complete";

    /** Only says which pattern a cue is, and how new it is. */
    String FAMILIAR = "familiar";

    /** The params themselves. */
    AnswerParamSet answerParams();

    /** This stage. */
    T self();

    /** The column of patterns and cues: vectors, arrays of float or double, or images. NaN, and null in an array, is missing. */
    default Param<String> inputCol() {
        return answerParams().inputCol();
    }

    /** The column that says which values of a cue are known: arrays of boolean, or vectors in which 0 is missing. Without it all that are not NaN. */
    default Param<String> maskCol() {
        return answerParams().maskCol();
    }

    /** What is asked: {@value #RECALL} of whole cues (of those that lack values completion), {@value #COMPLETE} or {@value #FAMILIAR}. */
    default Param<String> ask() {
        return answerParams().ask();
    }

    /** At which rate a cue that is not stored may be taken for one that is; without it that of the memory. */
    default DoubleParam falseAlarmRate() {
        return answerParams().falseAlarmRate();
    }

    /** What the names of the columns with the answers begin with. */
    default Param<String> outputPrefix() {
        return answerParams().outputPrefix();
    }

    default String getInputCol() {
        return getOrDefault(inputCol());
    }

    default T setInputCol(String column) {
        set(inputCol(), column);
        return self();
    }

    default String getMaskCol() {
        return getOrDefault(maskCol());
    }

    default T setMaskCol(String column) {
        set(maskCol(), column);
        return self();
    }

    default String getAsk() {
        return getOrDefault(ask());
    }

    default T setAsk(String question) {
        set(ask(), question);
        return self();
    }

    default double getFalseAlarmRate() {
        return (Double) getOrDefault(falseAlarmRate());
    }

    default T setFalseAlarmRate(double rate) {
        set(falseAlarmRate(), rate);
        return self();
    }

    default String getOutputPrefix() {
        return getOrDefault(outputPrefix());
    }

    default T setOutputPrefix(String prefix) {
        set(outputPrefix(), prefix);
        return self();
    }
}
