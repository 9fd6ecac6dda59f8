"""How numba compiles for the other packages."""

from compiling.compiled import compiled

__all__ = ["compiled"]
