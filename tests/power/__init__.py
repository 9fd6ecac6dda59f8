"""Power cuts on a real file system: what of a run is left on the disk, and does it go on?"""
