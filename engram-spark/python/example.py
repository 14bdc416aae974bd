"""Learns made-up patterns, completes damaged ones, and saves and loads the pipeline that does it.

    spark-submit --master 'local[*]' --jars JAR --py-files JAR example.py [FOLDER]

JAR is engram-spark-*-all.jar; the pipeline is saved in FOLDER, else in a temporary one.
"""

import sys
import tempfile

import numpy as np
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import VectorAssembler
from pyspark.sql import SparkSession

from dev.engram.spark import AssociativeMemoryEstimator

PATTERNS, VALUES = 40, 64


def rows(values, columns):
    """Rows of a name and one column a value."""
    return [("p%d" % number, *row) for number, row in enumerate(values.tolist())], ["name", *columns]


def main(folder):
    spark = SparkSession.builder.appName("engram example").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    columns = ["v%d" % value for value in range(VALUES)]
    patterns = np.random.default_rng(7).random((PATTERNS, VALUES))
    cues = patterns.copy()
    cues[:, VALUES // 2:] = np.nan  # the second half of each is missing

    pipeline = Pipeline(stages=[
        VectorAssembler(inputCols=columns, outputCol="features", handleInvalid="keep"),
        AssociativeMemoryEstimator(
            inputCol="features", model="pcn", settings=["prior=codes"], nameCol="name", ask="complete"),
    ])
    learned = pipeline.fit(spark.createDataFrame(*rows(patterns, columns)))
    learned.write().overwrite().save(folder)
    loaded = PipelineModel.load(folder)

    answers = loaded.transform(spark.createDataFrame(*rows(cues, columns)))
    answers.select("name", "engram_name", "engram_answer", "engram_margin", "engram_energy").show(5)
    found = answers.select("engram_pattern").toPandas() if False else answers.select("name", "engram_name", "engram_pattern").collect()
    error = np.square(np.array([row.engram_pattern.toArray() for row in found]) - patterns).mean()
    named = sum(row.name == row.engram_name for row in found)
    print("%d of %d named, mean squared error %.1e" % (named, PATTERNS, error))
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="engram-example-"))
