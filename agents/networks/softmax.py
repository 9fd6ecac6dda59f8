"""Softmax and cross-entropy with their derivatives, each in the long form and in the short one.

The notation is that of the derivation: a layer of D inputs x and K outputs computes z = Wᵀ x + b,
S = softmax(z), and the loss XE(S, y) for a target y. The **long form** multiplies the Jacobians of
these steps, as the chain rule says; the **short form** is what remains of the product once its
zeros are struck out. Both give the same numbers; their cost differs by a factor of about K.

    dXE/dW = dXE/dS · dS/dz · dz/dW   =   x (S - y)ᵀ

Everywhere x is (…, D), z, S and y are (…, K), and W is (D, K): a column for each output. Leading
axes are examples; there is no loop over them. Gradients with respect to W come in W's own layout.

Source: the posts "The Softmax Function Derivative", parts 1 to 3. Where they err, `docs/posts.md`
says so.
"""

from __future__ import annotations

import numpy as np

from agents.networks.floats import as_floats


def softmax(z: np.ndarray, legal: np.ndarray | None = None) -> np.ndarray:
    """Return S_i = exp(z_i) / Σ_k exp(z_k), over the last axis; in z's dtype, or float64.

    The maximum is subtracted first: that leaves S as it is, and exp can't overflow.

    Args:
        z: (…, K) logits.
        legal: (…, K) bool; where False, S is exactly 0. None: all are legal. A row that allows
            nothing gives nan.
    """
    z = as_floats(z)
    if legal is not None:
        z = np.where(legal, z, -np.inf)
    exps = np.exp(z - _largest(z))
    return np.asarray(exps / exps.sum(axis=-1, keepdims=True))


def log_softmax(z: np.ndarray, legal: np.ndarray | None = None) -> np.ndarray:
    """Log S (…, K), without taking the logarithm of a number that may have underflowed to 0.

    log S_i = z_i - max z - log Σ_k exp(z_k - max z); -inf where it is not legal.
    """
    z = as_floats(z)
    if legal is not None:
        z = np.where(legal, z, -np.inf)
    shifted = z - _largest(z)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def _largest(z: np.ndarray) -> np.ndarray:
    """Return max z, (…, 1): of many short rows numpy finds it five times sooner column by
    column.
    """
    if z.ndim < 2:
        return np.asarray(z.max(axis=-1, keepdims=True))
    return np.asarray(np.ascontiguousarray(z.T).max(axis=0).T[..., None])


def softmax_jacobian(s: np.ndarray) -> np.ndarray:
    """dS/dz = diag(S) - S Sᵀ: entry [t, i] is dS_t/dz_i = S_t ([t = i] - S_i).

    Args:
        s: (…, K), an output of `softmax`.

    Returns:
        (…, K, K), symmetric; its rows sum to 0.
    """
    s = as_floats(s)
    diagonal = s[..., :, None] * np.eye(s.shape[-1], dtype=s.dtype)
    return np.asarray(diagonal - s[..., :, None] * s[..., None, :])


def cross_entropy(s: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return XE = -Σ_k y_k log S_k, (…); classes with y_k = 0 cost nothing, even where S_k = 0.

    Args:
        s: (…, K) probabilities.
        y: (…, K) target: one-hot for a class, or any distribution.
    """
    s, y = np.broadcast_arrays(as_floats(s), as_floats(y))
    logs = np.log(s, out=np.zeros(s.shape, np.result_type(s, np.float32)), where=y != 0)
    return np.asarray(-(y * logs).sum(axis=-1))


def cross_entropy_gradient(s: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dXE/dS = -y / S, (…, K): zero for every class but the target's."""
    s, y = np.broadcast_arrays(as_floats(s), as_floats(y))
    quotient = np.zeros(s.shape, np.result_type(s, np.float32))
    np.divide(-y, s, out=quotient, where=y != 0)
    return quotient


def logits_gradient_long(s: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dXE/dz = dXE/dS · dS/dz, (…, K), as a product of a vector and the Jacobian."""
    return np.asarray((cross_entropy_gradient(s, y)[..., None, :] @ softmax_jacobian(s))[..., 0, :])


def logits_gradient_short(s: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dXE/dz = S Σ_k y_k - y, (…, K): the famous S - y where the target sums to 1.

    Each term of the product is -y_t / S_t · S_t ([t = i] - S_i) = y_t S_i - y_t [t = i]; S_t has
    cancelled, so this form also stands where S underflows to 0.
    """
    s, y = as_floats(s), as_floats(y)
    return np.asarray(s * y.sum(axis=-1, keepdims=True) - y)


def sum_jacobian_weights(x: np.ndarray, n_outputs: int) -> np.ndarray:
    """dz/dW of z = Wᵀ x: dz_k/dw_ji = x_j [i = k], so it is mostly zeros.

    The weights are counted as in the derivation, output by output: column i·D + j is w_ji.

    Returns:
        (…, K, K·D).
    """
    x = as_floats(x)
    blocks = np.eye(n_outputs, dtype=x.dtype)[:, :, None] * x[..., None, None, :]
    return np.asarray(blocks.reshape(*x.shape[:-1], n_outputs, n_outputs * x.shape[-1]))


def weights_layout(vector: np.ndarray, n_inputs: int) -> np.ndarray:
    """Return what is counted output by output, (…, K·D), in W's own layout, (…, D, K).

    `vector.reshape(D, K)` would not do: it fills W row by row, and the vector runs column by
    column. (The third post prints that matrix; a network trained on it does not learn.)
    """
    n_outputs = vector.shape[-1] // n_inputs
    return np.swapaxes(vector.reshape(*vector.shape[:-1], n_outputs, n_inputs), -1, -2)


def layer_jacobian_weights_long(x: np.ndarray, s: np.ndarray) -> np.ndarray:
    """dS/dW = dS/dz · dz/dW as a matrix product, (…, K, D, K): [t, j, i] is dS_t/dw_ji."""
    product = softmax_jacobian(s) @ sum_jacobian_weights(x, np.shape(s)[-1])
    return weights_layout(product, np.shape(x)[-1])


def layer_jacobian_weights_short(x: np.ndarray, s: np.ndarray) -> np.ndarray:
    """dS_t/dw_ji = S_t ([t = i] - S_i) x_j, (…, K, D, K), without a matrix product."""
    x = as_floats(x)
    return np.asarray(softmax_jacobian(s)[..., :, None, :] * x[..., None, :, None])


def layer_jacobian_inputs_long(weights: np.ndarray, s: np.ndarray) -> np.ndarray:
    """dS/dx = dS/dz · dz/dx with dz/dx = Wᵀ, (…, K, D)."""
    return np.asarray(softmax_jacobian(s) @ weights.T)


def layer_jacobian_inputs_short(weights: np.ndarray, s: np.ndarray) -> np.ndarray:
    """dS_t/dx_j = S_t (w_jt - Σ_i S_i w_ji), (…, K, D): no K×K matrix is built."""
    s = as_floats(s)
    expected = s @ weights.T
    return np.asarray(s[..., :, None] * (weights.T - expected[..., None, :]))


def weights_gradient_long(x: np.ndarray, s: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dXE/dW = dXE/dS · dS/dz · dz/dW, (…, D, K) for each example, by matrix products."""
    dz = logits_gradient_long(s, y)
    vector = (dz[..., None, :] @ sum_jacobian_weights(x, dz.shape[-1]))[..., 0, :]
    return weights_layout(vector, np.shape(x)[-1])


def weights_gradient_short(x: np.ndarray, s: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dXE/dW = x (S - y)ᵀ, (…, D, K) for each example: the outer product."""
    return np.asarray(as_floats(x)[..., :, None] * logits_gradient_short(s, y)[..., None, :])


def inputs_gradient_long(weights: np.ndarray, s: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dXE/dx = dXE/dS · dS/dx, (…, D): what the layer passes back to the one before it."""
    jacobian = layer_jacobian_inputs_long(weights, s)
    return np.asarray((cross_entropy_gradient(s, y)[..., None, :] @ jacobian)[..., 0, :])


def inputs_gradient_short(weights: np.ndarray, s: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dXE/dx = W (S - y), (…, D)."""
    return np.asarray(logits_gradient_short(s, y) @ weights.T)
