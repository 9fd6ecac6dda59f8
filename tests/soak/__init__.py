"""Hours of ordinary use, watched: does anything grow, stay behind, or fail?"""
