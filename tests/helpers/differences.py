"""Derivatives by central differences: the judge that knows no calculus."""

import numpy as np


def numerical_jacobian(f, at, h=1e-5):
    """df/dat, f's shape followed by at's; the error is about h² f''' / 6 + 1e-16 f / h."""
    at = np.array(at, np.float64)
    result = np.empty((*np.shape(f(at)), *at.shape))
    for index in np.ndindex(at.shape):
        above, below = at.copy(), at.copy()
        above[index] += h
        below[index] -= h
        result[(..., *index)] = (f(above) - f(below)) / (2 * h)
    return result


def numerical_gradient(loss, parameters, h=1e-6):
    """dL/dparameters of a `loss()` that reads `parameters`, which are nudged in place."""
    result = np.empty_like(parameters)
    for index, value in enumerate(parameters.copy()):
        parameters[index] = value + h
        above = loss()
        parameters[index] = value - h
        result[index] = (above - loss()) / (2 * h)
        parameters[index] = value
    return result
