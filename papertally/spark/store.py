"""The lake's folders by Hadoop's file systems, which reach whatever Spark reads."""

from typing import Any

from pyspark.sql import SparkSession


class Store:
    """The folders below one address.

    Attributes:
        lake: the address, a URI such as file:///lake or s3a://bucket/lake.
    """

    def __init__(self, spark: SparkSession, lake: str) -> None:
        self.lake = lake.rstrip("/")
        jvm: Any = spark._jvm  # pyspark has no other way to them
        self._path = jvm.org.apache.hadoop.fs.Path
        self._files = self._at("").getFileSystem(spark._jsc.hadoopConfiguration())

    def address(self, folder: str) -> str:
        """Return where a folder of the lake is."""
        return f"{self.lake}/{folder}"

    def folders(self, folder: str) -> list[str]:
        """Return the names of the folders in one, sorted; none where it is not there."""
        if not self._files.exists(self._at(folder)):
            return []
        found = self._files.listStatus(self._at(folder))
        return sorted(one.getPath().getName() for one in found if one.isDirectory())

    def make(self, folder: str) -> None:
        """Make a folder."""
        self._files.mkdirs(self._at(folder))

    def remove(self, folder: str) -> None:
        """Remove a folder, where it is there."""
        self._files.delete(self._at(folder), True)

    def move(self, folder: str, target: str) -> None:
        """Put a folder in the place of another.

        Raises:
            OSError: it could not be moved.
        """
        self.remove(target)
        if not self._files.rename(self._at(folder), self._at(target)):
            raise OSError(f"{self.address(folder)} could not be moved to {self.address(target)}")

    def put(self, local: str, folder: str) -> None:
        """Copy a folder of this machine into the lake, in the place of one that is there."""
        self.remove(folder)
        self._files.copyFromLocalFile(self._path(f"file://{local}"), self._at(folder))

    def _at(self, folder: str) -> Any:
        return self._path(self.address(folder) if folder else self.lake)
