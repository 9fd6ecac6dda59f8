"""Handwritten digits to learn from: MNIST's four IDX files, or a small stand-in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from experiments.errors import UserError
from experiments.reproduce.idx import read_idx

CLASSES = 10
FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
FOLDERS = (".", "raw", "MNIST/raw")  # below the given one; torchvision makes the last
WHERE = (
    f"MNIST is four files, plain or with .gz: {', '.join(FILES)}. Yann LeCun's MNIST page is where"
    " they come from; torchvision's MNIST class puts them into MNIST/raw. (Keras keeps the same"
    " images as mnist.npz, which is another format.)"
)


@dataclass(frozen=True, slots=True)
class Digits:
    """Images and labels, for training and for testing.

    Attributes:
        name: of the data set.
        train_x, test_x: (N, D) float32 in [0, 1].
        train_y, test_y: (N,) int64, 0 to 9.
    """

    name: str
    train_x: np.ndarray
    train_y: np.ndarray
    test_x: np.ndarray
    test_y: np.ndarray


def stand_in(seed: int) -> Digits:
    """Return scikit-learn's bundled digits, 8 × 8 pixels, a fifth of the 1,797 for testing."""
    images, labels = load_digits(return_X_y=True)
    parts = train_test_split(
        (images / 16).astype(np.float32),
        labels.astype(np.int64),
        test_size=0.2,
        random_state=seed % 2**32,
        stratify=labels,
    )
    train_x, test_x, train_y, test_y = parts
    return Digits("scikit-learn's 8 × 8 digits", train_x, train_y, test_x, test_y)


def read_mnist(folder: Path) -> Digits:
    """Read the four files.

    Raises:
        UserError: for a file that is missing, damaged, or does not fit the others.
    """
    train_images, train_labels, test_images, test_labels = paths = find_files(folder)
    train_x, train_y = _pair(train_images, train_labels)
    test_x, test_y = _pair(test_images, test_labels)
    if train_x.shape[1:] != test_x.shape[1:]:
        sizes = [" × ".join(map(str, images.shape[1:])) for images in (train_x, test_x)]
        raise UserError(
            f"{paths[2]}: its images have {sizes[1]} pixels, and those of {paths[0].name}"
            f" {sizes[0]}; take all four files from one place"
        )
    return Digits("MNIST", _flat(train_x), train_y, _flat(test_x), test_y)


def find_files(folder: Path) -> tuple[Path, ...]:
    """Return the four paths in the order of `FILES`.

    Each may be spelled train-images-idx3-ubyte or train-images.idx3-ubyte, with or without .gz.

    Raises:
        UserError: names the first that is missing.
    """
    if not folder.is_dir():
        raise UserError(f"--mnist {folder}: there is no such folder. {WHERE}")
    return tuple(_find(folder, name) for name in FILES)


def _find(folder: Path, name: str) -> Path:
    for below in FOLDERS:
        for spelling in (name, name.replace("-idx", ".idx")):
            for end in ("", ".gz"):
                path = folder / below / (spelling + end)
                if path.is_file():
                    return path
    raise UserError(f"--mnist {folder}: {name} is missing. {WHERE}")


def _pair(images_path: Path, labels_path: Path) -> tuple[np.ndarray, np.ndarray]:
    images, labels = read_idx(images_path), read_idx(labels_path)
    for path, array, dimensions in ((images_path, images, 3), (labels_path, labels, 1)):
        if array.ndim != dimensions or array.dtype != np.uint8:
            raise UserError(
                f"{path}: holds {array.ndim} dimensions of {array.dtype}, where {dimensions} of"
                " uint8 are needed; is it under another file's name?"
            )
        if not array.size:
            raise UserError(f"{path}: is empty; get the file again")
    if len(images) != len(labels):
        raise UserError(
            f"{labels_path}: has {len(labels):,} labels for the {len(images):,} images of"
            f" {images_path.name}; take both files from one place"
        )
    if labels.max() >= CLASSES:
        raise UserError(
            f"{labels_path}: holds the label {labels.max()}, and digits go from 0 to 9; take"
            " MNIST's own file"
        )
    return images, labels.astype(np.int64)


def _flat(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1).astype(np.float32) / 255
