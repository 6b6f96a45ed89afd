"""Slices of volumes, against what nibabel and pydicom write and read."""
import gzip
import struct
import sys

import nibabel
import numpy as np
import pydicom
import pytest
from pydicom.data import get_testdata_file
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import CTImageStorage, DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, RLELossless, generate_uid

from tfrseg.core import DataError
from tfrseg.storage.array_files import _array_errors
from tfrseg.storage.volumes import volume_slices

RNG = np.random.default_rng(0)


# NIfTI

@pytest.mark.parametrize("suffix", (".nii", ".nii.gz"))
@pytest.mark.parametrize("dtype", ("uint8", "int16", "uint16", "int32", "uint32", "float32", "float64", "int8"))
def test_nifti_of_any_numbers(tmp_path, dtype, suffix):
    volume = RNG.uniform(-100 if dtype[0] != "u" else 0, 100, (12, 14, 9)).astype(dtype)
    for order in "<>":
        for kind in (nibabel.Nifti1Image, nibabel.Nifti2Image):
            image = kind(volume, np.diag([1, 2, 3, 1]), kind.header_class(endianness=order))
            image.set_data_dtype(volume.dtype)
            nibabel.save(image, tmp_path / f"a{suffix}")
            for axis in range(3):
                slices = volume_slices(tmp_path / f"a{suffix}", axis)
                assert len(slices) == volume.shape[axis]
                found = np.stack([each.load()[..., 0] for each in slices], axis)
                assert found.dtype == volume.dtype and found.dtype.isnative and (found == volume).all()
                assert slices[3].look()[:3] == (found.take(3, axis).shape, 1, dtype)


def test_nifti_that_is_scaled(tmp_path):
    stored = RNG.integers(-1000, 1000, (6, 7, 5)).astype(np.int16)
    image = nibabel.Nifti1Image(stored, np.eye(4))
    image.header.set_slope_inter(0.37, -12.5)
    nibabel.save(image, tmp_path / "a.nii.gz")
    wanted = np.float32(nibabel.load(tmp_path / "a.nii.gz").get_fdata())
    slices = volume_slices(tmp_path / "a.nii.gz")
    assert slices[2].look().dtype == "float32" and (slices[2].load()[..., 0] == wanted[:, :, 2]).all()


def test_sequences_and_neighbours_are_channels(tmp_path):
    volume = RNG.integers(0, 9999, (6, 7, 5, 4)).astype(np.uint16)
    nibabel.save(nibabel.Nifti1Image(volume, np.eye(4)), tmp_path / "a.nii.gz")
    assert (volume_slices(tmp_path / "a.nii.gz")[3].load() == volume[:, :, 3]).all()
    near = volume_slices(tmp_path / "a.nii.gz", axis=1, around=2)
    assert near[0].look()[:2] == ((6, 5), 20)
    for number in (0, 3, 6):
        wanted = np.concatenate([volume[:, min(max(k, 0), 6)] for k in range(number - 2, number + 3)], -1)
        assert (near[number].load() == wanted).all()
    with pytest.raises(ValueError, match="around=-1"): volume_slices(tmp_path / "a.nii.gz", around=-1)


def test_a_packed_volume_is_unpacked_once(tmp_path, monkeypatch):
    nibabel.save(nibabel.Nifti1Image(np.zeros((6, 7, 50), np.uint8), np.eye(4)), tmp_path / "a.nii.gz")
    volumes, opened = sys.modules["tfrseg.storage.volumes"], []
    plain = volumes._unpack
    monkeypatch.setattr(volumes, "_unpack", lambda *args: opened.append(args) or plain(*args))
    for each in volume_slices(tmp_path / "a.nii.gz", around=1): each.load()
    assert len(opened) == 1


def nifti(shape, code=4, offset=352.0, magic=b"n+1\0", data=b"", slope=1.0) -> bytes:
    dims = struct.pack("<8h", len(shape), *(*shape, 1, 1, 1, 1, 1, 1, 1)[:7])
    return (struct.pack("<i", 348) + bytes(36) + dims + bytes(14) + struct.pack("<h", code) + bytes(36) + struct.pack("<3f", offset, slope, 0.0)
            + bytes(224) + magic + bytes(4) + data)


HOSTILE = {
    "large.nii": (nifti((32767, 32767, 32767)), "it was cut"),
    "large.nii.gz": (gzip.compress(nifti((32767, 32767, 32767))), "MiB are the most"),
    "bomb.nii.gz": (gzip.compress(nifti((4, 4, 4)) + bytes(1 << 26)), "more bytes of pixels"),
    "cut.nii.gz": (gzip.compress(nifti((40, 40, 40), data=bytes(5000))), "fewer bytes of pixels"),
    "half.nii.gz": (gzip.compress(nifti((4, 4, 4), data=RNG.bytes(128)))[:-60], "cannot be read"),
    "axes.nii": (nifti((-4, 4, 4)), "axes"),
    "none.nii": (nifti(()), "axes"),
    "six.nii": (nifti((4, 4, 4, 1, 1, 2)), "axes"),
    "rgb.nii": (nifti((4, 4, 4), 128), "numbers of type 128"),
    "place.nii": (nifti((4, 4, 4), offset=float("nan")), "cannot be read"),
    "minus.nii": (nifti((4, 4, 4), offset=-9.0), "numbers at byte"),
    "pair.nii": (nifti((4, 4, 4), magic=b"ni1\0"), "two files"),
    "text.nii": (b"hello", "no header of NIfTI"),
    "empty.nii.gz": (b"", "no header of NIfTI"),
    "text.dcm": (b"hello", "no DICOM file"),
    "marked.dcm": (bytes(128) + b"DICM" + b"\xff" * 50, "marked.dcm: "),
}


@pytest.mark.fault("volumes from strangers: sizes that are not there, gzip bombs, DICOM without pixels", plain="memory is filled, or an exception of a library",
                   ours="refused in one line that names the file")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_volumes_end_in_one_line(tmp_path, name):
    data, said = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=said) as told: volume_slices(tmp_path / name)[0].load()
    assert str(told.value).startswith(str(tmp_path / name)) and "\n" not in str(told.value)


# DICOM

def dicom(path, pixels, number=1, position=None, series="1.2.3", syntax=ExplicitVRLittleEndian, **fields):
    "Writes a CT slice, or frames."
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID, meta.TransferSyntaxUID = CTImageStorage, generate_uid(), syntax
    data = FileDataset(str(path), {}, file_meta=meta, preamble=bytes(128))
    data.SOPClassUID, data.SOPInstanceUID, data.SeriesInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID, series
    data.Modality, data.InstanceNumber = "CT", number
    frames = pixels if pixels.ndim == 3 else pixels[None]
    data.Rows, data.Columns = frames.shape[1:]
    if pixels.ndim == 3: data.NumberOfFrames = len(frames)
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated = data.BitsStored = 8 * pixels.itemsize
    data.PixelRepresentation = int(pixels.dtype.kind == "i")
    if position is not None:
        data.ImagePositionPatient, data.ImageOrientationPatient = [0, 0, position], [1, 0, 0, 0, 1, 0]
    for name, value in fields.items(): setattr(data, name, value)
    data.HighBit = data.BitsStored - 1
    data.PixelData = pixels.tobytes() + b"\0" * (pixels.nbytes % 2)
    if syntax == RLELossless:
        data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        data.compress(RLELossless)
    data.save_as(path, enforce_file_format=True)


@pytest.mark.parametrize("name", ("CT_small.dcm", "MR_small.dcm", "rtdose.dcm", "JPEG2000.dcm", "MR_small_RLE.dcm", "MR_small_bigendian.dcm", "SC_rgb_small_odd.dcm",
                                  "examples_ybr_color.dcm", "emri_small.dcm"))
def test_files_that_come_with_pydicom(name):
    path = get_testdata_file(name, download=False)
    if path is None: pytest.skip(f"{name} is not installed with pydicom")
    data = pydicom.dcmread(path)
    wanted = data.pixel_array
    wanted = wanted[None] if int(data.get("NumberOfFrames") or 1) == 1 else wanted
    scale = float(data.get("RescaleSlope", 1)), float(data.get("RescaleIntercept", 0))
    slices = volume_slices(path)
    assert len(slices) == len(wanted)
    for frame, each in zip(wanted, slices):
        found = each.load()
        assert found.dtype == each.look().dtype and (found == np.atleast_3d(frame * scale[0] + scale[1] if scale != (1, 0) else frame)).all()


def test_hounsfield_units(tmp_path):
    pixels = RNG.integers(0, 4096, (8, 9), np.uint16)
    for name, fields, dtype in (("12", {"BitsStored": 12, "RescaleIntercept": -1024, "RescaleSlope": 1}, "int16"),
                                ("16", {"RescaleIntercept": -1024, "RescaleSlope": 1}, "int16"), ("far", {"RescaleIntercept": 30000, "RescaleSlope": 1}, "float32"),
                                ("half", {"BitsStored": 12, "RescaleIntercept": -1024, "RescaleSlope": 0.5}, "float32"),
                                ("none", {"BitsStored": 12}, "uint16"), ("one", {"RescaleIntercept": 0, "RescaleSlope": 1}, "uint16")):
        dicom(tmp_path / f"{name}.dcm", pixels, **fields)
        each, = volume_slices(tmp_path / f"{name}.dcm")
        wanted = pixels * float(fields.get("RescaleSlope", 1)) + fields.get("RescaleIntercept", 0)
        assert each.look().dtype == dtype and each.load().dtype == dtype and (each.load()[..., 0] == wanted).all(), name


def test_monochrome1_is_inverted_where_it_has_no_unit(tmp_path):
    pixels = RNG.integers(0, 1024, (8, 9), np.uint16)
    dicom(tmp_path / "a.dcm", pixels, BitsStored=10, PhotometricInterpretation="MONOCHROME1")
    assert (volume_slices(tmp_path / "a.dcm")[0].load()[..., 0] == 1023 - pixels).all()
    dicom(tmp_path / "b.dcm", pixels, BitsStored=10, PhotometricInterpretation="MONOCHROME1", RescaleSlope=2, RescaleIntercept=5)
    assert (volume_slices(tmp_path / "b.dcm")[0].load()[..., 0] == pixels * 2 + 5).all()
    signed = pixels.astype(np.int16) - 512
    dicom(tmp_path / "c.dcm", signed, BitsStored=10, PhotometricInterpretation="MONOCHROME1")
    assert (volume_slices(tmp_path / "c.dcm")[0].load()[..., 0] == -1 - signed).all()


@pytest.mark.parametrize("syntax", (ExplicitVRLittleEndian, RLELossless))
def test_frames_of_one_file(tmp_path, syntax):
    pixels = RNG.integers(-500, 500, (5, 8, 10)).astype(np.int16)
    dicom(tmp_path / "a.dcm", pixels, syntax=syntax)
    slices = volume_slices(tmp_path / "a.dcm", around=1)
    assert len(slices) == 5 and (slices[4].load() == np.moveaxis(pixels[[3, 4, 4]], 0, -1)).all()
    assert (volume_slices(tmp_path / "a.dcm", axis=0)[3].load()[..., 0] == pixels[:, 3].T).all()


def test_a_series_is_ordered_by_place(tmp_path):
    volume = RNG.integers(0, 4096, (6, 8, 9), np.uint16)
    for number, file in enumerate(RNG.permutation(6)):
        dicom(tmp_path / f"{file}.dcm", volume[number], number=9 - number, position=-30.0 + 2.5 * number)
    (tmp_path / ".hidden").write_bytes(b"x")
    slices = volume_slices(tmp_path)
    assert (np.stack([each.load()[..., 0] for each in slices]) == volume).all()
    assert slices[2].look().size == (8, 9) and str(slices[2]).endswith("slice 2 of axis 2")
    assert (volume_slices(tmp_path, axis=1)[4].load()[..., 0] == volume[:, :, 4].T).all()


def test_a_series_without_places_is_ordered_by_number(tmp_path):
    for number in (3, 1, 2): dicom(tmp_path / f"{9 - number}.dcm", np.full((4, 5), number, np.uint8), number=number)
    assert [each.load().max() for each in volume_slices(tmp_path)] == [1, 2, 3]


@pytest.mark.parametrize("second, said", (({"series": "1.2.4", "position": 5}, "2 series \\(1, 1 files\\)"), ({"position": 0}, "1 of 2 files at the place of another"),
                                          ({"position": 5, "pixels": np.zeros((5, 5), np.uint8)}, "2 sizes"),
                                          ({"position": 5, "ImageOrientationPatient": [0, 1, 0, 1, 0, 0]}, "2 orientations|place")))
def test_folders_that_are_no_volume(tmp_path, second, said):
    dicom(tmp_path / "a.dcm", np.zeros((4, 5), np.uint8), position=0)
    fields = {"pixels": np.zeros((4, 5), np.uint8)} | second
    dicom(tmp_path / "b.dcm", fields.pop("pixels"), **fields)
    with pytest.raises(DataError, match=said): volume_slices(tmp_path)


def test_folders_with_other_files(tmp_path):
    with pytest.raises(DataError, match="no files"): volume_slices(tmp_path)
    dicom(tmp_path / "a.dcm", np.zeros((4, 5), np.uint8))
    (tmp_path / "b.txt").write_text("notes")
    with pytest.raises(DataError, match="b.txt: .*no DICOM file"): volume_slices(tmp_path)


def test_dicom_that_lies_about_its_pixels(tmp_path):
    dicom(tmp_path / "a.dcm", np.zeros((4, 5), np.uint16), BitsStored=12)
    data = pydicom.dcmread(tmp_path / "a.dcm")
    for name, fields, said in (("large", {"Rows": 65535, "Columns": 65535}, "MiB are the most"), ("long", {"Rows": 4000}, "cannot be read"),
                               ("frames", {"NumberOfFrames": 1 << 30}, "1073741824 frames"), ("bits", {"BitsAllocated": 12}, "12 bits in 12"),
                               ("samples", {"SamplesPerPixel": 2}, "2 samples"), ("palette", {"PhotometricInterpretation": "PALETTE COLOR"}, "by a table"),
                               ("none", {"Rows": 0}, "no pixels \\(CT\\)")):
        copy = pydicom.dcmread(tmp_path / "a.dcm")
        for field, value in fields.items(): setattr(copy, field, value)
        copy.save_as(tmp_path / f"{name}.dcm")
        with pytest.raises(DataError, match=f"{name}.dcm: .*{said}"): volume_slices(tmp_path / f"{name}.dcm")[0].load()
    data.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    data.save_as(tmp_path / "deflated.dcm")
    with pytest.raises(DataError, match="deflated.dcm: .*compressed as a whole"): volume_slices(tmp_path / "deflated.dcm")


def test_any_cut_and_any_byte(tmp_path):
    dicom(tmp_path / "a.dcm", RNG.integers(0, 99, (8, 9), np.uint16), position=0)
    nibabel.save(nibabel.Nifti1Image(RNG.integers(0, 99, (8, 9, 3)).astype(np.int16), np.eye(4)), tmp_path / "a.nii")
    nibabel.save(nibabel.Nifti1Image(RNG.integers(0, 99, (8, 9, 3)).astype(np.int16), np.eye(4)), tmp_path / "a.nii.gz")
    for name in ("a.dcm", "a.nii", "a.nii.gz"):
        whole = (tmp_path / name).read_bytes()
        for turn in range(100):
            data = bytearray(whole)
            if turn % 2: data = data[:RNG.integers(len(whole))]
            else: data[RNG.integers(len(data))] = RNG.integers(256)
            (tmp_path / f"b{name[1:]}").write_bytes(data)
            try:
                for each in volume_slices(tmp_path / f"b{name[1:]}")[:2]: each.load()
            except DataError as e: assert str(e).startswith(str(tmp_path / f"b{name[1:]}"))


def test_what_a_library_says_of_all_bytes_is_shortened_before_the_path():
    path = "/data/" + "a_long_name_of_a_folder/" * 6 + "b.dcm"
    with pytest.raises(DataError) as error, _array_errors(path): raise ValueError(f"wanted an even number of bytes, not {bytes(range(32, 127)) * 90}")
    assert str(error.value).startswith(f"{path}: cannot be read as an array (wanted an even number") and len(str(error.value)) < 450


def test_a_missing_library_is_one_line_that_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pydicom", None)
    (tmp_path / "a.dcm").write_bytes(bytes(128) + b"DICM")
    with pytest.raises(DataError, match=r"a.dcm: DICOM wants pydicom: pip install 'tfrseg\[medical\]'"): volume_slices(tmp_path / "a.dcm")
