"""IDX files: what is read, and what is refused with which words."""

import gzip
import struct

import numpy as np
import pytest

from experiments.errors import UserError
from experiments.reproduce.digits import FILES, read_mnist
from experiments.reproduce.idx import read_idx

DTYPES = ("u1", "i1", ">i2", ">i4", ">f4", ">f8")


@pytest.fixture
def folder(tmp_path, idx):
    """MNIST in small: 30 and 20 images of 4 × 4 pixels."""
    rng = np.random.default_rng(0)
    for name in FILES:
        n = 30 if name.startswith("train") else 20
        array = rng.integers(0, 256, (n, 4, 4)) if "images" in name else np.arange(n) % 10
        (tmp_path / name).write_bytes(idx(array))
    return tmp_path


def refuse(folder, *words):
    with pytest.raises(UserError) as error:
        read_mnist(folder)
    for word in words:
        assert word in str(error.value)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 3, 4)])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_what_is_written_is_read(tmp_path, idx, dtype, shape, pack):
    array = np.arange(np.prod(shape)).reshape(shape)
    (tmp_path / "x").write_bytes(pack(idx(array, dtype)))
    read = read_idx(tmp_path / "x")
    assert read.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(read, array)


@pytest.mark.parametrize("rename", ["{}", "{}.gz", "dot", "dot.gz"])
def test_every_spelling_is_found(folder, rename):
    for name in FILES:
        spelled = rename.format(name).replace("dot", name.replace("-idx", ".idx"))
        data = (folder / name).read_bytes()
        (folder / name).unlink()
        (folder / spelled).write_bytes(gzip.compress(data) if "gz" in rename else data)
    digits = read_mnist(folder)
    assert digits.train_x.shape == (30, 16) and digits.test_x.shape == (20, 16)
    assert digits.train_x.dtype == np.float32 and digits.train_x.min() >= 0
    assert digits.train_x.max() <= 1 and digits.test_y.tolist() == [*range(10), *range(10)]


def test_torchvisions_folder_is_found(folder):
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in FILES:
        (folder / name).rename(raw / name)
    assert len(read_mnist(folder).train_y) == 30


def test_a_missing_folder_and_a_missing_file(folder):
    refuse(folder / "nowhere", "no such folder", *FILES)
    (folder / FILES[3]).unlink()
    refuse(folder, f"{FILES[3]} is missing", "torchvision")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_that_is_cut_short_or_too_long(folder, pack):
    path = folder / FILES[0]
    data = path.read_bytes()
    path.write_bytes(pack(data[:-1]))
    refuse(folder, FILES[0], "cut short", "30 × 4 × 4", "480 bytes", "479 follow", "again")
    path.write_bytes(pack(data + b"0"))
    refuse(folder, FILES[0], "longer than the 30 × 4 × 4")
    path.write_bytes(pack(data[:9]))
    refuse(folder, FILES[0], "cut short within its header")


@pytest.mark.parametrize("start", [b"", b"\0\0", b"\0\0\7\3", b"\1\0\10\3", b"\0\0\10\0", b"<htm"])
def test_a_wrong_magic_number(folder, start):
    (folder / FILES[0]).write_bytes(start)
    refuse(folder, FILES[0], "is not an IDX file", "00 00 08 03")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_header_that_announces_too_much_is_not_believed(folder, pack):
    header = b"\0\0\x08\3" + struct.pack(">3I", 2**32 - 1, 2**32 - 1, 2**32 - 1)
    (folder / FILES[0]).write_bytes(pack(header + bytes(100)))
    refuse(folder, FILES[0], "header announces", "damaged")


def test_a_damaged_gzip_file(folder):
    path = folder / FILES[0]
    packed = gzip.compress(path.read_bytes())
    for damaged in (packed[:-12], packed[:30] + b"????" + packed[34:], packed[:-8] + bytes(8)):
        path.write_bytes(damaged)
        refuse(folder, FILES[0], "damaged gzip file", "again")


def test_images_and_labels_that_do_not_belong_together(folder, idx):
    (folder / FILES[1]).write_bytes(idx(np.arange(29) % 10))
    refuse(folder, FILES[1], "29 labels for the 30 images", FILES[0])


def test_labels_under_the_name_of_images(folder):
    (folder / FILES[0]).write_bytes((folder / FILES[1]).read_bytes())
    refuse(folder, FILES[0], "another file's name")


def test_images_of_two_sizes_empty_files_and_letters(folder, idx):
    images = (folder / FILES[2]).read_bytes()
    (folder / FILES[2]).write_bytes(idx(np.zeros((20, 5, 4))))
    refuse(folder, FILES[2], "5 × 4", "4 × 4")
    (folder / FILES[2]).write_bytes(images)
    (folder / FILES[3]).write_bytes(idx(np.full(20, 23)))
    refuse(folder, FILES[3], "label 23")
    (folder / FILES[3]).write_bytes(idx(np.zeros(0)))
    refuse(folder, FILES[3], "is empty")


def test_a_file_that_can_not_be_read(tmp_path):
    with pytest.raises(UserError, match="can't be read"):
        read_idx(tmp_path)
