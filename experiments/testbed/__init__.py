"""The ten-armed testbed of Sutton & Barto (2018, chapter 2): thousands of small bandit problems.

`yendor testbed` plays them with our own bandits and sets what is seen beside what the book and
the theory expect.
"""
