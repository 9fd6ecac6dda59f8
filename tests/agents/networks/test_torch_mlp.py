"""The network in torch: the same network as in numpy."""

import copy
import pickle
import warnings

import numpy as np
import pytest

from agents import checkpoint
from agents.networks.backends import make_network
from agents.networks.mlp import MLP

torch = pytest.importorskip("torch")
from agents.networks import torch_mlp  # noqa: E402

SIZES = (6, 8, 5, 4)
MASK = np.array([True, True, False, True, True, True])


def pair(seed=0, sizes=SIZES, **keywords):
    """(network, optimiser) in numpy and in torch."""
    return [
        make_network(backend, sizes, **keywords, rng=np.random.default_rng(seed))
        for backend in ("numpy", "torch")
    ]


def batch(seed=1, n=7):
    """Inputs, targets of any sign, a legal mask."""
    rng = np.random.default_rng(seed)
    legal = rng.random((n, SIZES[-1])) < 0.6
    legal[:, 0] = True
    return rng.normal(size=(n, SIZES[0])), rng.normal(size=(n, SIZES[-1])), legal


@pytest.mark.parametrize("masked", [False, True])
def test_the_derived_gradient_passes_gradcheck(masked):
    _, y, legal = batch()
    z = torch.from_numpy(np.random.default_rng(2).normal(size=y.shape)).requires_grad_()
    y, legal = torch.from_numpy(np.where(legal, y, 0)), torch.from_numpy(legal)
    loss = torch_mlp.SoftmaxCrossEntropy.apply
    assert torch.autograd.gradcheck(lambda logits: loss(logits, y, legal if masked else None), z)
    loss(z, y, legal).backward()
    assert (z.grad[~legal] == 0).all()


def test_the_loss_is_torchs_own():
    _, y, _ = batch()
    y = np.abs(y) / np.abs(y).sum(axis=1, keepdims=True)
    z = torch.from_numpy(np.random.default_rng(2).normal(size=y.shape))
    expected = torch.nn.functional.cross_entropy(z, torch.from_numpy(y))
    ours = torch_mlp.SoftmaxCrossEntropy.apply(z, torch.from_numpy(y), None)
    assert ours.item() == pytest.approx(expected.item(), abs=1e-12)


def test_certainty_of_the_wrong_class_costs_much_but_not_infinity():
    z = torch.tensor([[1000.0, 0.0]], requires_grad=True)
    loss = torch_mlp.SoftmaxCrossEntropy.apply(z, torch.tensor([[0.0, 1.0]]), None)
    loss.backward()
    assert loss.item() == 1000
    assert z.grad.tolist() == [[1, -1]]


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("initialisation", ["he", "glorot"])
def test_the_weights_begin_as_in_numpy(precision, initialisation):
    (ours, _), (theirs, _) = pair(precision=precision, initialisation=initialisation)
    assert (ours.parameters == theirs.parameters).all()
    assert ours.parameters.dtype == theirs.parameters.dtype == precision


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("loss", ["cross_entropy", "masked_cross_entropy", "squared_error"])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_outputs_gradients_and_ten_steps_agree_with_numpy(activation, loss, optimiser, precision):
    both = pair(activation=activation, precision=precision, optimiser=optimiser,
                learning_rate=0.02, input_mask=MASK)  # fmt: skip
    close = {"abs": 1e-5, "rel": 1e-5}
    for step in range(10):
        x, y, legal = batch(step)
        outputs, values = [], []
        for network, descent in both:
            outputs.append(network.forward(x))
            if loss == "masked_cross_entropy":
                values.append(network.cross_entropy(np.where(legal, y, 0), legal))
            else:
                values.append(getattr(network, loss)(y))
            descent.step(network.gradient)
        (ours, our_descent), (theirs, their_descent) = both
        assert outputs[1] == pytest.approx(outputs[0], **close)
        assert values[1] == pytest.approx(values[0], **close)
        assert theirs.gradient == pytest.approx(ours.gradient, **close)
        assert theirs.parameters == pytest.approx(ours.parameters, **close)
    for key, array in our_descent.arrays().items():
        assert their_descent.arrays()[key] == pytest.approx(array, **close)


@pytest.mark.parametrize("output", ["relu", "tanh", "sigmoid", "linear"])
def test_every_output_activation_agrees_with_numpy(output):
    (ours, _), (theirs, _) = pair(output=output, precision="float64")
    x, y, _ = batch()
    assert theirs.forward(x) == pytest.approx(ours.forward(x), abs=1e-12)
    assert theirs.squared_error(y) == pytest.approx(ours.squared_error(y), abs=1e-12)
    assert theirs.gradient == pytest.approx(ours.gradient, abs=1e-12)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_one_example_is_a_row_of_the_batch(precision):
    _, (network, _) = pair(precision=precision, input_mask=MASK)
    x, _, _ = batch()
    rows = network.predict(x)
    assert (rows == network.forward(x)).all()
    assert rows.dtype == network.predict(x[0]).dtype == precision
    for one, row in zip(x, rows, strict=True):
        assert network.predict(one) == pytest.approx(row, abs=1e-5)


def test_masked_inputs_do_not_matter_and_their_weights_stay():
    _, (network, _) = pair(input_mask=MASK)
    x, y, legal = batch()
    other = np.where(MASK, x, 1e6)
    assert (network.predict(x) == network.predict(other)).all()
    network.forward(other)
    network.cross_entropy(np.where(legal, y, 0), legal)
    weights = network.gradient[: 6 * 8].reshape(6, 8)
    assert (weights[~MASK] == 0).all()
    assert (weights[MASK] != 0).any()


def test_illegal_actions_move_no_weight_of_the_last_layer():
    _, (network, _) = pair()
    x, y, legal = batch()
    legal[:, 2] = False
    network.forward(x)
    network.cross_entropy(np.where(legal, y, 0), legal)
    last = network.gradient[-(5 + 1) * 4 :]
    assert (last[:20].reshape(5, 4)[:, 2] == 0).all()
    assert last[20:][2] == 0


@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "adam"])
def test_a_checkpoint_of_one_backend_continues_in_the_other(optimiser, tmp_path):
    both = pair(optimiser=optimiser, precision="float64")

    def arrays(network, descent):
        return {"weights": network.parameters} | descent.arrays()

    def train(network, descent, seeds):
        for seed in seeds:
            x, y, _ = batch(seed)
            network.forward(x)
            network.cross_entropy(y)
            descent.step(network.gradient)

    header = checkpoint.Header("test", 4, 1, 6, {})
    for giver, taker in (both, both[::-1]):
        train(*giver, range(3))
        checkpoint.save(tmp_path, header, arrays(*giver))
        checkpoint.fill(arrays(*taker), checkpoint.load(tmp_path)[1])
        for each in both:
            train(*each, range(3, 6))
        assert taker[0].parameters == pytest.approx(giver[0].parameters, abs=1e-12)


@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize(
    "duplicate", [copy.deepcopy, lambda pair: pickle.loads(pickle.dumps(pair))]
)
def test_copies_are_whole_and_their_own(duplicate, optimiser):
    _, original = pair(optimiser=optimiser)
    x, y, _ = batch()

    def step(network, descent):
        network.forward(x)
        loss = network.cross_entropy(y)
        descent.step(network.gradient)
        return loss

    step(*original)
    twin = duplicate(original)
    before = original[0].parameters.copy()
    assert (twin[0].parameters == before).all()
    step(*twin)
    assert (twin[0].parameters != before).any()  # the optimiser moves the copy's own weights,
    assert (original[0].parameters == before).all()
    assert (twin[0].predict(x) != original[0].predict(x)).any()  # the network uses them,
    step(*original)
    assert (original[0].parameters == twin[0].parameters).all()  # and its state came along


def test_a_copy_with_read_only_arrays_predicts_and_refuses_to_learn():
    # joblib's workers get large arrays so
    _, original = pair()
    original[0].parameters.flags.writeable = False
    x, _, _ = batch()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        twin = copy.copy(original[0])  # shares the vectors
    assert (twin.predict(x) == original[0].predict(x)).all()
    with pytest.raises(ValueError, match="read-only"):
        original[1].step(original[0].gradient)


def test_a_copy_of_a_network_whose_gradient_is_read_only_has_one_of_its_own():
    _, (network, _) = pair()
    network.gradient.flags.writeable = False
    x, y, _ = batch()
    twin = copy.copy(network)
    twin.forward(x)
    twin.cross_entropy(y)
    assert twin.gradient.any() and not network.gradient.any()


def test_the_vectors_are_the_weights():
    _, (network, _) = pair(output="linear")
    x, y, _ = batch()
    network.parameters[:] = 0
    network.parameters[-4:] = 1, 2, 3, 4  # the last biases
    assert network.predict(x[0]).tolist() == [1, 2, 3, 4]
    network.forward(x)
    gradient = network.gradient
    network.squared_error(y)
    assert network.gradient is gradient
    expected = 2 * (np.array([1, 2, 3, 4]) - y).mean(axis=0) / 4
    assert gradient[-4:] == pytest.approx(expected, rel=1e-5)


def test_a_second_loss_replaces_the_gradient_of_the_first():
    (ours, _), (theirs, _) = pair(precision="float64")
    x, y, _ = batch()
    for network in ours, theirs:
        network.forward(x)
        network.cross_entropy(y)
        network.squared_error(y)
    assert theirs.gradient == pytest.approx(ours.gradient, abs=1e-12)


def test_the_learning_rate_may_be_changed_between_steps():
    both = pair(optimiser="sgd", precision="float64", learning_rate=0.1)
    for network, descent in both:
        descent.step(np.ones_like(network.parameters))
        descent.learning_rate = 0.5
        descent.step(np.ones_like(network.parameters))
    assert both[1][0].parameters == pytest.approx(both[0][0].parameters, abs=1e-12)


def test_arrays_that_are_read_only_or_reversed_are_taken_without_a_word():
    (ours, _), (theirs, _) = pair(precision="float64")
    x, y, legal = (array[::-1] for array in batch())
    y = np.where(legal, y, 0)
    y.flags.writeable = False
    x = x.copy()
    x.flags.writeable = False
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert theirs.predict(x[0]) == pytest.approx(ours.predict(x[0]), abs=1e-12)
        theirs.forward(x)
        theirs.cross_entropy(y, legal)
    ours.forward(x)
    ours.cross_entropy(y, legal)
    assert theirs.gradient == pytest.approx(ours.gradient, abs=1e-12)


def test_targets_of_another_shape_are_refused():
    _, (network, descent) = pair(sizes=(6, 4, 1))
    network.forward(batch()[0])
    with pytest.raises(ValueError, match=r"must have shape \(7, 1\), got \(7,\)"):
        network.squared_error(np.zeros(7))  # would become (7, 7)
    with pytest.raises(ValueError, match="must have shape"):
        network.cross_entropy(np.zeros((7, 1)), np.ones(7, np.bool_))
    with pytest.raises(ValueError, match="must have shape"):
        descent.step(np.zeros(3))


@pytest.mark.parametrize(
    "arguments",
    [
        {"sizes": [3]},
        {"activation": "swish"},
        {"output": "softmax"},
        {"initialisation": "xavier"},
        {"input_mask": np.ones(4, np.bool_)},
    ],
)
def test_what_makes_no_network_is_said_as_in_numpy(arguments):
    messages = []
    for kind in MLP, torch_mlp.TorchMLP:
        with pytest.raises(ValueError) as caught:
            kind(**{"sizes": [3, 2], "rng": np.random.default_rng(0)} | arguments)
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


@pytest.mark.parametrize("shape", [(5,), (2, 5), (1, 1, 6)])
def test_inputs_of_another_shape_are_refused(shape):
    _, (network, _) = pair()
    with pytest.raises(ValueError, match="must have shape"):
        network.predict(np.zeros(shape))


def test_a_loss_needs_outputs_first():
    _, (network, _) = pair()
    for call in network.squared_error, network.cross_entropy:
        with pytest.raises(RuntimeError, match=r"forward\(\) first"):
            call(np.zeros((1, 4)))


def test_an_unknown_optimiser_is_refused():
    with pytest.raises(
        ValueError,
        match="unknown optimiser 'adm': did you mean 'adam'\\? Valid: sgd, momentum, adam",
    ):
        pair(optimiser="adm")[1]
    with pytest.raises(
        ValueError,
        match="unknown optimiser 'adm': did you mean 'adam'\\? Valid: sgd, momentum, adam",
    ):
        torch_mlp.TorchOptimiser("adm", np.zeros(1), 0.1)
