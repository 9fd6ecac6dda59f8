"""Questions at the end of the lessons, and the grader that checks answers to them.

A question is a function to fill in: its signature and docstring say what is asked. Answers stand in
one Python file; `yendor grade` runs each on random cases that a seed names, so a lecturer's hidden
seed tries them on cases that nobody has seen.
"""
