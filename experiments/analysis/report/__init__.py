"""A comparison as a page that stands alone, and as files for papers and other programs."""
