"""The figures of the source posts, computed anew; see docs/posts.md."""
