"""Games as files to look at and to show around: pictures, GIF, MP4."""
