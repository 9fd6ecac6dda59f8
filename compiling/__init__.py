"""How numba compiles for the other packages."""
