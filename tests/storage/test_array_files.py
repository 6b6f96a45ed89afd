"""Arrays from files, against what other libraries write and read: bit for bit, whole and in windows, and refused in one line."""
import io
import os
import struct
import subprocess
import sys
import zipfile
from importlib.util import find_spec

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageOps

from tfrseg.core import DataError
from tfrseg.storage import tiff
from tfrseg.storage.array_files import FileArray, open_array
from tfrseg.storage.image import image_array, image_shape, upright
from tfrseg.storage.tiff import tiff_pages

RNG = np.random.default_rng(0)
DTYPES = "uint8", "uint16", "int16", "int32", "uint32", "float32", "float64"
LAYOUTS = {"strips": {"rowsperstrip": 16}, "one strip": {}, "tiles": {"tile": (32, 48)}}
needs_rasterio = pytest.mark.skipif(not find_spec("rasterio"), reason="rasterio is not installed")


def make(dtype, shape=(70, 90, 5)):
    "Pixels over the whole range of a dtype, with smooth parts that compress."
    low, high = (-1e6, 1e6) if np.dtype(dtype).kind == "f" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
    pixels = RNG.uniform(low, high, shape).astype(dtype)
    pixels[10:40, 10:60] = np.arange(shape[2])
    return pixels


def check(path, pixels, **options):
    "The file gives these pixels, whole and in windows."
    array = open_array(path, **options)
    header = array.look()
    assert (header.size, header.channels, header.dtype) == (pixels.shape[:2], pixels.shape[2], pixels.dtype.name)
    assert header.nbytes == os.path.getsize(path)
    whole = array.load()
    assert whole.dtype == pixels.dtype.newbyteorder("=") and whole.flags.c_contiguous and (whole == pixels).all()
    rows, columns = pixels.shape[:2]
    for top, left, height, width in ((0, 0, 1, 1), (rows // 4, columns // 3, rows // 3, columns // 2), (rows - 3, columns - 2, 3, 2)):
        assert (array.read(top, left, height, width) == pixels[top:top + height, left:left + width]).all()
    return array


# TIFF

@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("planar", ("contig", "separate"))
@pytest.mark.parametrize("dtype", DTYPES)
def test_tiff_of_any_numbers(tmp_path, dtype, planar, layout):
    pixels = make(dtype)
    data = np.moveaxis(pixels, 2, 0) if planar == "separate" else pixels
    for order in "<>":
        for bigtiff in (False, True):
            path = tmp_path / f"a{order == '<'}{bigtiff}.tif"
            tifffile.imwrite(path, data, planarconfig=planar, photometric="minisblack", byteorder=order, bigtiff=bigtiff, **LAYOUTS[layout])
            check(path, pixels)


@pytest.mark.parametrize("compression", ("deflate", "lzw", "packbits", "lzma", "zstd"))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_tiff_of_any_compression(tmp_path, compression, layout):
    for dtype, planar, order, predictor in (("uint8", "contig", "<", 2), ("uint16", "separate", "<", 2), ("int16", "contig", ">", None),
                                            ("float32", "separate", ">", 3), ("float64", "contig", "<", 3), ("int32", "contig", ">", 2)):
        if compression == "packbits": predictor = None
        pixels = make(dtype)
        data = np.moveaxis(pixels, 2, 0) if planar == "separate" else pixels
        tifffile.imwrite(tmp_path / "a.tif", data, planarconfig=planar, photometric="minisblack", byteorder=order, compression=compression,
                         predictor=predictor, **LAYOUTS[layout])
        check(tmp_path / "a.tif", pixels)


@pytest.mark.parametrize("name, options", (("jpeg", {"compression": "jpeg", "tile": (32, 48)}), ("jpeg strips", {"compression": "jpeg", "rowsperstrip": 16}),
                                           ("jpeg 2000", {"compression": "jpeg2000", "tile": (32, 48)})))
def test_tiff_of_picture_codecs(tmp_path, name, options):
    "As tifffile decodes the whole."
    tifffile.imwrite(tmp_path / "a.tif", np.sort(make("uint8", (70, 90, 3)), 0), photometric="rgb", **options)
    check(tmp_path / "a.tif", tifffile.imread(tmp_path / "a.tif"))


def test_tiff_of_12_bits(tmp_path):
    pixels = RNG.integers(0, 4096, (30, 40), np.uint16)
    try: tifffile.imwrite(tmp_path / "a.tif", pixels, photometric="minisblack", bitspersample=12)
    except NotImplementedError: pytest.skip("this imagecodecs cannot pack bits: those for Python 3.10 only unpack them")
    check(tmp_path / "a.tif", pixels[..., None])


@needs_rasterio
@pytest.mark.filterwarnings("error")
def test_a_codec_that_gdal_alone_reads_here(tmp_path):
    pixels = make("float32", (70, 90, 3))
    tifffile.imwrite(tmp_path / "a.tif", pixels, photometric="minisblack", planarconfig="contig", compression="lerc", tile=(32, 48))
    check(tmp_path / "a.tif", pixels)


@pytest.mark.parametrize("bands", (1, 2, 3, 4, 13, 200))
def test_tiff_of_any_bands(tmp_path, bands):
    pixels = make("uint16", (40, 50, bands))
    tifffile.imwrite(tmp_path / "a.tif", pixels[..., 0] if bands == 1 else pixels, photometric="minisblack", planarconfig="contig", tile=(16, 16))
    check(tmp_path / "a.tif", pixels)


@needs_rasterio
@pytest.mark.parametrize("options", ({}, {"tiled": True, "blockxsize": 32, "blockysize": 16}, {"compress": "lzw", "predictor": 2},
                                     {"compress": "deflate", "interleave": "pixel"}, {"BIGTIFF": "YES"}, {"ENDIANNESS": "BIG"}))
def test_what_gdal_writes(tmp_path, options):
    import rasterio
    pixels = make("int16")
    with rasterio.open(tmp_path / "a.tif", "w", driver="GTiff", height=70, width=90, count=5, dtype="int16", nodata=-9999, **options) as file:
        file.write(np.moveaxis(pixels, 2, 0))
        file.descriptions = ("coastal", "blue", "green", "red & rest", "B08")
    header = check(tmp_path / "a.tif", pixels).look()
    assert header.nodata == -9999 and header.bands == ("coastal", "blue", "green", "red & rest", "B08")


@needs_rasterio
def test_overviews_and_sparse_tiles_of_gdal(tmp_path):
    import rasterio
    from rasterio.enums import Resampling
    pixels = np.zeros((300, 400, 2), np.uint16)
    pixels[:64, :64] = make("uint16", (64, 64, 2))
    with rasterio.open(tmp_path / "a.tif", "w", driver="GTiff", height=300, width=400, count=2, dtype="uint16", tiled=True, blockxsize=64, blockysize=64,
                       SPARSE_OK=True, compress="deflate") as file:
        file.write(np.moveaxis(pixels[:64, :64], 2, 0), window=rasterio.windows.Window(0, 0, 64, 64))
    with rasterio.open(tmp_path / "a.tif", "r+") as file: file.build_overviews([2, 4], Resampling.nearest)
    check(tmp_path / "a.tif", pixels)


@pytest.mark.parametrize("nodata", ("7", None))
def test_tiles_that_were_never_written_hold_no_data(tmp_path, nodata):
    "Offset and bytes of such a tile are 0: its pixels are what GDAL's tag says, or 0."
    pixels = make("uint16", (32, 48, 1)) | 8
    tags = [(42113, 2, len(nodata) + 1, nodata, True)] if nodata else []
    tifffile.imwrite(tmp_path / "a.tif", pixels[..., 0], tile=(16, 16), photometric="minisblack", extratags=tags)
    with tifffile.TiffFile(tmp_path / "a.tif", mode="r+") as file:
        for name in ("TileOffsets", "TileByteCounts"):
            tag = file.pages[0].tags[name]
            tag.overwrite((tag.value[0], 0, *tag.value[2:]))
    pixels[:16, 16:32] = int(nodata or 0)
    assert (open_array(tmp_path / "a.tif").load() == pixels).all()


@needs_rasterio
def test_jpeg_2000_of_16_bits(tmp_path):
    import rasterio
    pixels = make("uint16", (200, 300, 3))
    with rasterio.open(tmp_path / "a.jp2", "w", driver="JP2OpenJPEG", height=200, width=300, count=3, dtype="uint16", QUALITY=100, REVERSIBLE="YES") as file:
        file.write(np.moveaxis(pixels, 2, 0))
    assert check(tmp_path / "a.jp2", pixels).in_parts


def test_pages_are_what_the_file_says(tmp_path):
    pixels = make("uint16", (60, 80, 4))
    pages = np.moveaxis(pixels, 2, 0)
    tifffile.imwrite(tmp_path / "ome.ome.tif", pages, photometric="minisblack", metadata={"axes": "CYX", "Channel": {"Name": ["DAPI", "GFP", "a<b", "d"]}})
    assert check(tmp_path / "ome.ome.tif", pixels).look().bands == ("DAPI", "GFP", "a<b", "d")
    tifffile.imwrite(tmp_path / "ij.tif", pages, imagej=True, metadata={"axes": "CYX"})
    assert check(tmp_path / "ij.tif", pixels).axes == "CHW"
    tifffile.imwrite(tmp_path / "shaped.tif", pages, photometric="minisblack")
    assert check(tmp_path / "shaped.tif", pixels).axes == "CHW"
    tifffile.imwrite(tmp_path / "rows.tif", pixels, photometric="minisblack", planarconfig=None)
    assert len(tifffile.TiffFile(tmp_path / "rows.tif").pages) == 60 and check(tmp_path / "rows.tif", pixels).axes == "HWC"
    for name, options in (("z.ome.tif", {"metadata": {"axes": "ZYX"}}), ("z.tif", {"imagej": True, "metadata": {"axes": "ZYX"}}),
                          ("plain.tif", {"metadata": None, "photometric": "minisblack"}), ("t.tif", {"metadata": {"axes": "TYX"}, "photometric": "minisblack"})):
        tifffile.imwrite(tmp_path / name, pages, **options)
        with pytest.raises(DataError, match=f"{name}: 4 pages of 60 x 80 pixels.*channels_first=True"): open_array(tmp_path / name)
        check(tmp_path / name, pixels, channels_first=True)


def test_pages_that_differ(tmp_path):
    with tifffile.TiffWriter(tmp_path / "a.tif") as file:
        for size in (40, 41): file.write(np.zeros((size, 50), np.uint8), photometric="minisblack", metadata=None)
    with pytest.raises(DataError, match="a.tif: .*2 pages of different sizes"): open_array(tmp_path / "a.tif")


def test_pictures_in_tiff_are_colours(tmp_path):
    image = Image.fromarray(make("uint8", (60, 80, 3)))
    for name, saved in (("palette", image.quantize(16)), ("cmyk", image.convert("CMYK")), ("fax", image.convert("1")), ("grey", image.convert("L"))):
        saved.save(tmp_path / f"{name}.tif", compression="group4" if name == "fax" else None)
        wanted = np.atleast_3d(np.asarray(saved.convert("L" if name in ("fax", "grey") else "RGB")))
        assert (open_array(tmp_path / f"{name}.tif").load() == wanted).all(), name
    image.save(tmp_path / "jpeg.tif", compression="jpeg")
    found = open_array(tmp_path / "jpeg.tif").load().astype(int)
    assert np.abs(found - np.asarray(Image.open(tmp_path / "jpeg.tif"))).max() <= 3


def test_white_is_zero(tmp_path):
    grey = make("uint8", (30, 40, 1))
    tifffile.imwrite(tmp_path / "a.tif", grey[..., 0], photometric="miniswhite")
    assert (open_array(tmp_path / "a.tif").load()[..., 0] == np.asarray(Image.open(tmp_path / "a.tif"))).all()
    check(tmp_path / "a.tif", 255 - grey)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation(tmp_path, orientation):
    pixels = make("uint16", (30, 40, 5))
    tifffile.imwrite(tmp_path / "a.tif", pixels, photometric="minisblack", planarconfig="contig", extratags=[(274, 3, 1, orientation, True)])
    check(tmp_path / "a.tif", upright(pixels, orientation))
    grey = Image.fromarray(pixels[..., 0].astype(np.uint8))
    exif = Image.Exif()
    exif[274] = orientation
    grey.save(tmp_path / "b.png", exif=exif)
    assert (open_array(tmp_path / "b.png").load()[..., 0] == np.asarray(ImageOps.exif_transpose(Image.open(tmp_path / "b.png")))).all()


# PNG and other images

@pytest.mark.parametrize("channels", (1, 3, 4))
def test_png_of_16_bits_from_another_writer(tmp_path, channels):
    pixels = make("uint16", (50, 60, channels))
    cv2.imwrite(str(tmp_path / "a.png"), pixels if channels == 1 else pixels[..., [2, 1, 0, 3][:channels]])
    check(tmp_path / "a.png", pixels)


def test_images_of_eight_bits(tmp_path):
    pixels = make("uint8", (50, 60, 4))
    for mode, channels in (("L", 1), ("LA", 2), ("RGB", 3), ("RGBA", 4)):
        image = Image.fromarray(pixels).convert(mode)
        image.save(tmp_path / f"{mode}.png")
        check(tmp_path / f"{mode}.png", np.atleast_3d(np.asarray(image)))
    key = Image.fromarray(pixels[..., :3])
    key.save(tmp_path / "key.png", transparency=tuple(pixels[20, 20, :3].tolist()))
    assert set(np.unique(open_array(tmp_path / "key.png").load()[..., 3])) == {0, 255}
    Image.fromarray(pixels[..., :3]).save(tmp_path / "a.jpg")
    check(tmp_path / "a.jpg", np.asarray(Image.open(tmp_path / "a.jpg")))


def test_grey_of_16_bits_in_pgm(tmp_path):
    pixels = make("uint16", (20, 30, 1))
    (tmp_path / "a.pgm").write_bytes(b"P5 30 20 65535\n" + pixels.astype(">u2").tobytes())
    check(tmp_path / "a.pgm", pixels)


def test_transparent_colour_in_16_bits_is_refused():
    out = io.BytesIO()
    Image.fromarray(make("uint16", (4, 5, 1))[..., 0]).save(out, "PNG")
    data = out.getvalue()
    assert image_shape(data).dtype == "uint16"
    import zlib
    chunk = b"tRNS" + b"\0\5"
    data = data[:33] + struct.pack(">I", 2) + chunk + struct.pack(">I", zlib.crc32(chunk)) + data[33:]
    with pytest.raises(DataError, match="a transparent colour beside 16 bits"): image_array(data)


# NumPy

@pytest.mark.parametrize("dtype", (*DTYPES, "bool", "int8", "int64", "float16"))
def test_npy_of_any_order(tmp_path, dtype):
    pixels = make("uint8", (40, 50, 5)) > 100 if dtype == "bool" else make(dtype if dtype != "float16" else "int16", (40, 50, 5)).astype(dtype)
    for name, saved in (("hwc", pixels), ("chw", np.moveaxis(pixels, 2, 0)), ("fortran", np.asfortranarray(pixels)),
                        ("swapped", pixels.astype(pixels.dtype.newbyteorder(">")))):
        np.save(tmp_path / f"{name}.npy", saved)
        np.savez(tmp_path / f"{name}.npz", saved)
        np.savez_compressed(tmp_path / f"{name}c.npz", saved)
        for file in (f"{name}.npy", f"{name}.npz", f"{name}c.npz"):
            found = open_array(tmp_path / file)
            assert found.axes == ("CHW" if name == "chw" else "HWC") and found.load().tobytes() == pixels.tobytes(), file
            assert found.read(3, 4, 5, 6).tobytes() == np.ascontiguousarray(pixels[3:8, 4:10]).tobytes()
    np.save(tmp_path / "flat.npy", pixels[..., 0])
    assert (open_array(tmp_path / "flat.npy").load() == pixels[..., :1]).all()


@pytest.mark.parametrize("shape, axes", (((40, 50, 3), "HWC"), ((3, 40, 50), "CHW"), ((16, 16, 3), "HWC"), ((3, 16, 16), "CHW"), ((1, 40, 50), "CHW"),
                                         ((40, 50, 1), "HWC"), ((13, 512, 300), "CHW"), ((4, 100, 3), ""), ((3, 100, 4), ""), ((64, 64, 64), ""),
                                         ((512, 512, 200), ""), ((20, 300, 30), ""), ((5, 5, 5), "")))
def test_axes_are_clear_or_asked_for(tmp_path, shape, axes):
    np.save(tmp_path / "a.npy", np.zeros(shape, np.uint8))
    if axes:
        assert open_array(tmp_path / "a.npy").axes == axes
        return
    with pytest.raises(DataError, match="which axis are the channels.*channels_first=True.*channels_first=False"): open_array(tmp_path / "a.npy")
    assert open_array(tmp_path / "a.npy", channels_first=True).look().channels == shape[0]
    assert open_array(tmp_path / "a.npy", channels_first=False).look().channels == shape[2]


# What is hostile, broken, or missing

def npy(header: str, data=b"") -> bytes:
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header.encode() + data


def zipped(name, data) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as file: file.writestr(name, data)
    return out.getvalue()


def directory(*rows, order="<", at=8, following=0) -> bytes:
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, at)
    return (head + struct.pack(order + "H", len(rows)) + b"".join(struct.pack(order + "HHII", *row) for row in rows)
            + struct.pack(order + "I", following))


def small(**tags) -> bytes:
    "A TIFF file of one strip, with some of its tags replaced."
    rows = {"width": (256, 4, 1, 8), "height": (257, 4, 1, 8), "bits": (258, 3, 1, 8), "compression": (259, 3, 1, 1), "kind": (262, 3, 1, 1),
            "strip": (273, 4, 1, 150), "samples": (277, 3, 1, 1), "rows": (278, 4, 1, 8), "nbytes": (279, 4, 1, 64)} | tags
    return directory(*sorted(rows.values())).ljust(150, b"\0") + bytes(64)


LARGE = 1 << 31
HOSTILE = {
    "pixels.tif": (small(width=(256, 4, 1, 1 << 20), height=(257, 4, 1, 1 << 20), rows=(278, 4, 1, 1 << 20)), "MiB are the most|bytes at"),
    "packed.tif": (small(width=(256, 4, 1, 1 << 20), height=(257, 4, 1, 1 << 20), rows=(278, 4, 1, 1 << 20), compression=(259, 3, 1, 8)), "1048576 MiB; 2048 MiB are the most"),
    "side.tif": (small(width=(256, 4, 1, LARGE)), "pixels"),
    "empty.tif": (small(width=(256, 4, 1, 0)), "8 x 0 pixels"),
    "bands.tif": (small(samples=(277, 3, 1, 65535)), "65535 bands"),
    "bits.tif": (small(bits=(258, 3, 1, 77)), "pixels of 77 bits"),
    "beyond.tif": (small(strip=(273, 4, 1, 1 << 30)), "1 of 1 strips or tiles lie beyond its end"),
    "lots.tif": (small(strip=(273, 4, 1 << 30, 150)), "a tag of 4294967296 bytes"),
    "far.tif": (small(strip=(273, 4, 1 << 20, 150)), "more bytes than the file has"),
    "rows.tif": (small(rows=(278, 4, 1, 0)), "strips or tiles of 0 x 8 pixels"),
    "count.tif": (small(rows=(278, 4, 1, 1)), "1 strips or tiles and 1 lengths of them; 8 x 8 pixels have 8"),
    "order.tif": (b"MM\0*" + small()[4:], "cut|directory"),
    "tags.tif": (b"II*\0\x08\0\0\0\xff\xff" + bytes(99), "a directory of 65535 tags"),
    "codec.tif": (small(compression=(259, 3, 1, 5)), "cannot be read as an array"),
    "float.tif": (small(bits=(258, 3, 1, 8), format=(339, 3, 1, 3)), "sample format 3"),
    "complex.tif": (small(bits=(258, 3, 1, 64), format=(339, 3, 1, 6)), "sample format 6"),
    "head.tif": (b"II*\0", "it was cut"),
    "object.npy": (npy("{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }", b"cos\nsystem\n(S'false'\ntR."), "kind object"),
    "code.npy": (npy("{'descr': '<f8', 'fortran_order': False, 'shape': (__import__('os').getpid(), 2), }"), "cannot be read as an array"),
    "deep.npy": (npy("(" * 9000), "cannot be read as an array"),
    "forged.npy": (npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1099511627776, 1099511627776), }"), "0 bytes of pixels"),
    "minus.npy": (npy("{'descr': '<f8', 'fortran_order': False, 'shape': (-4, -4), }", bytes(128)), "shape"),
    "text.npy": (npy("{'descr': '<U9', 'fortran_order': False, 'shape': (4, 4), }", bytes(9999)), "numbers of the kind"),
    "rows.npy": (npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4, 4), }", bytes(64)), "numbers of the kind"),
    "one.npy": (npy("{'descr': '<f8', 'fortran_order': False, 'shape': (16,), }", bytes(128)), "two or three axes"),
    "cut.npy": (npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4, 5), }", bytes(159)), "159 bytes of pixels"),
    "long.npy": (b"\x93NUMPY\2\0" + struct.pack("<I", 1 << 31) + b"{", "cannot be read as an array"),
    "bomb.npz": (zipped("a.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (60000, 60000), }", bytes(1 << 20))), "MiB are the most"),
    "more.npz": (zipped("a.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4, 4), }", bytes(1 << 24))), "more bytes of pixels"),
    "less.npz": (zipped("a.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (400, 4), }", bytes(1 << 10))), "fewer bytes of pixels"),
    "none.npz": (zipped("a.txt", b"text"), "without arrays"),
    "cut.npz": (zipped("a.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4, 4), }", bytes(128)))[:60], "cannot be read as an array"),
    "text.tif": (b"hello", "of no known format"),
    "zero.npy": (b"", "the file is empty"),
    "a.nii.gz": (b"\x1f\x8b", "volume_slices"),
}


@pytest.mark.fault("arrays from strangers: a TIFF of 2^40 pixels, directories that loop, pickles in .npy, bombs in .npz", plain="memory is filled, or code is run",
                   ours="refused in one line that names the file")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_one_line(tmp_path, name):
    data, said = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=said) as told:
        array = open_array(tmp_path / name)
        array.load()
    assert str(told.value).startswith(str(tmp_path / name)) and "\n" not in str(told.value) and len(str(told.value)) <= 500


def test_directories_that_loop():
    two = bytearray(small())
    end = 8 + 2 + 12 * 9
    two[end:end + 4] = struct.pack("<I", 8)
    with pytest.raises(ValueError, match="lead back"): tiff_pages(io.BytesIO(bytes(two)))


def test_many_directories_that_point_at_one_place():
    "4 000 pages that share a table of 2 MiB claim 8 GiB of tags."
    table = 1 << 21
    data = bytearray(b"II*\0" + struct.pack("<I", 8))
    for page in range(4000):
        start = 8 + page * (2 + 3 * 12 + 4)
        rows = (256, 4, 1, 8), (257, 4, 1, 8), (273, 4, table // 4, 0)
        data += struct.pack("<H", 3) + b"".join(struct.pack("<HHII", *row) for row in rows) + struct.pack("<I", start + 42)
    with pytest.raises(ValueError, match="bytes at 0 of a file|more bytes than the file has|strips or tiles"): tiff_pages(io.BytesIO(bytes(data)))
    data += bytes(table)
    with pytest.raises(ValueError, match="more bytes than the file has|strips or tiles"): tiff_pages(io.BytesIO(bytes(data)))
    data[8:] = data[8:].replace(struct.pack("<HHII", 273, 4, table // 4, 0), struct.pack("<HHII", 42112, 2, table, 0))
    for name in (b"\xfe\0\4\0\1\0\0\0\1\0\0\0",): data = data.replace(struct.pack("<HHII", 257, 4, 1, 8), name)  # thumbnails, which are passed over
    with pytest.raises(ValueError, match="more bytes than the file has"): tiff_pages(io.BytesIO(bytes(data)))


@pytest.mark.parametrize("text", (b"<Pixels " * (1 << 20), b"<Channel " * (1 << 20), b"{" * (1 << 20), b"ImageJ=\nimages=" + b"9" * (1 << 20), b"[" * (1 << 15)))
def test_long_descriptions_are_read_in_time(tmp_path, text):
    tifffile.imwrite(tmp_path / "a.tif", np.zeros((3, 40, 50), np.uint8), photometric="minisblack", metadata=None, description=text)
    with pytest.raises(DataError, match="3 pages"): open_array(tmp_path / "a.tif")


def test_any_cut_and_any_byte(tmp_path):
    "A file that is cut anywhere, or has another byte anywhere in its directory, gives an array or a `DataError`."
    pixels = make("uint16", (40, 50, 3))
    rng = np.random.default_rng(1)
    for name, options in (("a", {"compression": "deflate", "predictor": 2}), ("b", {"tile": (16, 16), "compression": "lzw"}), ("c", {}), ("d", {"bigtiff": True})):
        tifffile.imwrite(tmp_path / "a.tif", pixels, photometric="rgb", **options)
        whole = (tmp_path / "a.tif").read_bytes()
        for turn in range(150):
            data = bytearray(whole)
            if turn % 3 == 0: data = data[:rng.integers(len(whole))]
            elif turn % 3 == 1: data[rng.integers(min(400, len(data)))] = rng.integers(256)
            else: data[rng.integers(len(data))] ^= 1 << rng.integers(8)
            (tmp_path / "b.tif").write_bytes(data)
            try: open_array(tmp_path / "b.tif").load()
            except DataError as e: assert str(e).startswith(str(tmp_path / "b.tif"))


def test_a_jpeg_tile_that_says_it_is_larger(tmp_path):
    Image.new("RGB", (64, 64)).save(tmp_path / "a.tif", compression="jpeg")
    Image.new("RGB", (6000, 6000)).save(out := io.BytesIO(), "JPEG")
    data = (tmp_path / "a.tif").read_bytes()
    with (tmp_path / "a.tif").open("rb") as file: page, = tiff_pages(file)
    bad = bytearray(data + out.getvalue())
    place = data.find(struct.pack("<HH", 273, 4)) + 8
    bad[place:place + 4] = struct.pack("<I", len(data))
    place = data.find(struct.pack("<HH", 279, 4)) + 8
    bad[place:place + 4] = struct.pack("<I", min(len(out.getvalue()), 20_000))
    (tmp_path / "b.tif").write_bytes(bad)
    with pytest.raises(DataError, match="holds 6000 x 6000 pixels; wanted 64 x 64|has 20000 bytes"): open_array(tmp_path / "b.tif").load()


def test_a_jpeg_strip_that_says_it_is_empty(tmp_path):
    Image.new("RGB", (64, 64)).save(tmp_path / "a.tif", compression="jpeg")
    data = bytearray((tmp_path / "a.tif").read_bytes())
    frame = data.index(b"\xff\xc0")
    assert data[frame + 5:frame + 9] == struct.pack(">HH", 64, 64)
    data[frame + 5:frame + 7] = bytes(2)
    (tmp_path / "a.tif").write_bytes(data)
    with pytest.raises(DataError, match="a.tif: .*strip or tile 0 holds 0 x 64 pixels; wanted 64 x 64"): open_array(tmp_path / "a.tif").load()


def test_a_missing_library_is_one_line_that_names_the_extra(tmp_path, monkeypatch):
    pixels = make("uint16", (40, 50, 13))
    tifffile.imwrite(tmp_path / "plain.tif", pixels, photometric="minisblack", planarconfig="contig")
    tifffile.imwrite(tmp_path / "packed.tif", pixels, photometric="minisblack", planarconfig="contig", compression="zstd")
    rgb = make("uint8", (40, 50, 3))
    tifffile.imwrite(tmp_path / "rgb.tif", rgb, compression="lzw", photometric="rgb")
    monkeypatch.setattr(tiff, "_tifffile", lambda: None)
    monkeypatch.setattr(tiff, "find_spec", lambda name: None)
    check(tmp_path / "plain.tif", pixels)  # without compression no library is needed
    check(tmp_path / "rgb.tif", rgb)       # Pillow does
    with pytest.raises(DataError, match=r"packed.tif: TIFF of 13 bands, compression 50000, wants tifffile and imagecodecs: pip install 'tfrseg\[bands\]'"):
        open_array(tmp_path / "packed.tif")


@needs_rasterio
def test_rasterio_where_tifffile_is_missing(tmp_path, monkeypatch):
    pixels = make("uint16", (40, 50, 13))
    tifffile.imwrite(tmp_path / "packed.tif", pixels, photometric="minisblack", planarconfig="contig", compression="deflate")
    monkeypatch.setattr(tiff, "_tifffile", lambda: None)
    check(tmp_path / "packed.tif", pixels)


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(FileNotFoundError): open_array(tmp_path / "none.tif")
    with pytest.raises(IsADirectoryError): open_array(tmp_path)


def test_a_file_that_is_replaced_after_it_was_looked_at(tmp_path):
    np.save(tmp_path / "a.npy", np.zeros((40, 50, 3), np.uint8))
    array = open_array(tmp_path / "a.npy")
    np.save(tmp_path / "a.npy", np.zeros((40, 50, 3), np.uint16))
    with pytest.raises(DataError, match="changed meanwhile"): array.load()


def test_two_of_the_same_are_equal(tmp_path):
    assert FileArray("a.npy") == FileArray("a.npy") and hash(FileArray("a.npy")) == hash(FileArray("a.npy")) != hash(FileArray("b.npy"))


SCENE = """
import resource, sys, threading, time
import numpy as np, psutil
from tfrseg.core import Pair
from tfrseg.sources.source import Source
from tfrseg.sources.tiles import tile_source
from tfrseg.storage.array_files import open_array
from tfrseg.storage.labels import LabelMap

array = open_array(sys.argv[1])
tiles = tile_source(Source((Pair("scene", array),), LabelMap(("a",)), (array.look().size,), (1,)), (256, 256), 16).pairs
tiles[0].image.load()
process, most = psutil.Process(), 0
before = process.memory_info().rss
for pair in tiles:
    pixels = pair.image.load()
    most = max(most, process.memory_info().rss - before)
print(len(tiles), most >> 20)
"""


@pytest.mark.parametrize("options", ({"tile": (256, 256)}, {"rowsperstrip": 32}))
def test_a_scene_is_cut_into_tiles_without_being_loaded(tmp_path, options):
    "13 bands of 16 bits, 3072 x 3072: 234 MiB as an array, and at most half of that in memory while it is cut."
    band = np.add.outer(np.arange(3072), np.arange(3072)).astype(np.uint16)
    tifffile.imwrite(tmp_path / "a.tif", np.repeat(band[..., None], 13, 2), photometric="minisblack", planarconfig="contig", compression="deflate", **options)
    done = subprocess.run([sys.executable, "-c", SCENE, tmp_path / "a.tif"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    count, most = map(int, done.stdout.split())
    assert count == 169 and most < 117, f"{most} MiB"
