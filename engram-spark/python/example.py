"""Learns made-up patterns, completes cues of which one half is missing, and saves and loads the pipeline that does it.

    spark-submit --master 'local[*]' --jars JAR --py-files JAR example.py [FOLDER]

JAR is engram-spark-*-all.jar. The pipeline is saved in FOLDER, else in a temporary one.
"""

import sys
import tempfile

import numpy as np
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import VectorAssembler
from pyspark.sql import SparkSession

from dev.engram.spark import AssociativeMemoryEstimator

PATTERNS, VALUES = 40, 64
COLUMNS = ["v%d" % value for value in range(VALUES)]


def frame(spark, patterns):
    """Each pattern with a name, and each of its values in a column."""
    rows = [("p%d" % number, *row) for number, row in enumerate(patterns.tolist())]
    return spark.createDataFrame(rows, ["name", *COLUMNS])


def main(folder):
    spark = SparkSession.builder.appName("engram example").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    patterns = np.random.default_rng(7).random((PATTERNS, VALUES))
    cues = patterns.copy()
    cues[:, VALUES // 2:] = np.nan

    pipeline = Pipeline(stages=[
        VectorAssembler(inputCols=COLUMNS, outputCol="features", handleInvalid="keep"),
        AssociativeMemoryEstimator(nameCol="name", model="pcn", settings=["prior=codes"], ask="complete"),
    ])
    pipeline.fit(frame(spark, patterns)).write().overwrite().save(folder)
    answers = PipelineModel.load(folder).transform(frame(spark, cues)).drop(*COLUMNS).cache()

    answers.select("name", "engram_name", "engram_answer", "engram_margin", "engram_energy").show(5)
    rows = answers.collect()
    named = sum(row.name == row.engram_name for row in rows)
    error = np.square([row.engram_pattern.toArray() for row in rows] - patterns).mean()
    print("%d of %d cues named right, mean squared error %.1e" % (named, PATTERNS, error))
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory(prefix="engram-example-") as temporary:
            main(temporary)
