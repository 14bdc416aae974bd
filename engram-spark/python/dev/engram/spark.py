"""Engram's stages for PySpark: what docs/spark.md says of the Java classes of the same names holds here.

Params, their meaning and their defaults are read from the Java class. The module has the Java package's name, by which
Spark finds the Python class of a stage in a saved pipeline.
"""

from pyspark.ml.param import TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaParams

_CONVERTERS = {
    "Param": TypeConverters.toString,
    "DoubleParam": TypeConverters.toFloat,
    "LongParam": TypeConverters.toInt,
    "IntArrayParam": TypeConverters.toListInt,
    "StringArrayParam": TypeConverters.toListString,
}


class _Stage(JavaParams, JavaMLReadable, JavaMLWritable):
    """A stage whose params are those of its Java object."""

    def _create_params_from_java(self):
        super()._create_params_from_java()
        for param in self._java_obj.params():
            self.getParam(param.name()).typeConverter = _CONVERTERS[param.getClass().getSimpleName()]

    def _transfer_params_from_java(self):
        super()._transfer_params_from_java()
        for param, value in list(self._defaultParamMap.items()):
            if param.typeConverter.__name__.startswith("toList"):
                self._setDefault(**{param.name: list(value)})  # Java's array

    def setParams(self, **params):
        """Sets params by their names."""
        return self._set(**params)


class AssociativeMemoryEstimator(_Stage, JavaEstimator):
    """Stores the patterns of a data frame in a memory."""

    def __init__(self, **params):
        super().__init__()
        self._java_obj = self._new_java_obj("dev.engram.spark.AssociativeMemoryEstimator", self.uid)
        self._create_params_from_java()
        self._transfer_params_from_java()
        self.setParams(**params)

    def _create_model(self, java_model):
        return AssociativeMemoryModel._from_java(java_model)


class AssociativeMemoryModel(_Stage, JavaModel):
    """A memory that answers the cues of a data frame."""

    @classmethod
    def ofFile(cls, path):
        """The memory in a file of the local file system, such as engram learn writes."""
        return cls._from_java(cls._new_java_obj("dev.engram.spark.AssociativeMemoryModel.ofFile", path))
