"""The real game: NLE with gymnasium's promises kept, its tasks, characters, dungeons and tiles."""
