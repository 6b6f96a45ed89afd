"""Pages: the image that is meant, types that users invented, blocks without outline, many files for one."""
import numpy as np
import pytest
from PIL import Image

from tfrseg.core import DataError
from tfrseg.sources.detect import open_layout
from tfrseg.sources.page_xml import page_xml_source, read_alto, read_page

H, W = 64, 96
PAGE = ('<?xml version="1.0"{}?>'
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        '<Page imageFilename="{}" imageWidth="{}" imageHeight="{}">{}</Page></PcGts>')
ALTO = ('<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description>'
        '<MeasurementUnit>{unit}</MeasurementUnit><sourceImageInformation><fileName>{name}</fileName>'
        '</sourceImageInformation></Description><Layout><Page ID="p" {size}><PrintSpace>{blocks}'
        '</PrintSpace></Page></Layout></alto>')
COORDS = '<Coords points="10,10 50,10 50,30 10,30"/>'
REGION = f'<TextRegion id="r">{COORDS}</TextRegion>'
BLOCK = '<TextBlock ID="b" HPOS="10" VPOS="10" WIDTH="40" HEIGHT="20"/>'
DUMMY = ('<TextRegion id="dummy">{}<TextLine id="l"><Coords points="10,40 40,40 40,50 10,50"/></TextLine>'
         "</TextRegion>")
SIZE = f'WIDTH="{W}" HEIGHT="{H}"'
AREA = 40 * 20


def page(regions=REGION, name="a.png", size=(W, H), head=""): return PAGE.format(head, name, *size, regions)


def alto(blocks=BLOCK, name="a.png", size=SIZE):
    return ALTO.format(blocks=blocks, name=name, size=size, unit="pixel")


def put(root, files):
    "Files below a folder: text as it is, and an image where there is none."
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(len(name)).integers(0, 256, (H, W, 3), np.uint8)
        if text is None: Image.fromarray(pixels).save(path)
        elif isinstance(text, bytes): path.write_bytes(text)
        else: path.write_text(text, encoding="utf-8")
    return root


def drawn(source): return [int((pair.mask.load() > 0).sum()) for pair in source.pairs]


@pytest.mark.fault(
    "a page that does not name its image as it is called", "-",
    "the image is found by its name in another folder, its stem, or that without a converter's ending; told")
@pytest.mark.parametrize("file, text, image", (
    ("a.ocr.xml", alto(name="\t\n "), "a.png"), ("a_ALTO.xml", alto(name=""), "a.png"),
    ("x.xml", alto(name="scan1.tif"), "scan1.jpg"), ("b.alto.xml", alto(name="b.jpg"), "b.png"),
    ("x.xml", page(name="C:\\scans\\book\\p1.png"), "p1.png"),
    ("page/x.xml", page(name="p 1.png"), "p 1.png"),
    ("x.xml", page(name="file:///scans/p%201.png"), "p 1.png"), ("xml/a.xml", page(name=""), "img/a.png"),
    ("x.xml", page(name="sub/p.png"), "sub/p.png")))
def test_the_image_of_a_page_is_found(tmp_path, file, text, image):
    root = put(tmp_path / "set", {file: text, image: None})
    source = page_xml_source(root)
    assert source.pairs[0].image == root / image and drawn(source) == [AREA]


@pytest.mark.parametrize("told", (page(name="a.png"), alto(name="a.png")))
def test_an_image_that_lies_where_the_file_says_is_no_detour(tmp_path, told):
    lines = page_xml_source(put(tmp_path / "set", {"x.xml": told, "a.png": None})).assumptions
    assert not [line for line in lines if "found by" in line]


def test_an_image_of_the_pages_own_name_is_told_where_the_page_says_another(tmp_path):
    lines = page_xml_source(put(tmp_path / "set", {"a.xml": page(name="b.tif"), "a.png": None})).assumptions
    assert any("'b.tif' at a.png" in line for line in lines)


@pytest.mark.parametrize("text", (
    page(size=(0, 0)), page(size=("", "")), page().replace(f'imageWidth="{W}" imageHeight="{H}"', ""),
    alto(size=""), alto(size='WIDTH="0" HEIGHT="0"')))
def test_a_page_without_a_size_has_that_of_its_image(tmp_path, text):
    source = page_xml_source(put(tmp_path / "set", {"a.xml": text, "a.png": None}))
    assert source.sizes == ((H, W),) and drawn(source) == [AREA]


def test_a_size_that_is_nonsense_is_a_finding(tmp_path):
    root = put(tmp_path / "set", {"a.xml": page(size=(W, -3)), "a.png": None})
    with pytest.raises(DataError, match="a.xml: a size of -3 x 96"): page_xml_source(root)


LINE = '<TextBlock ID="dummy"><TextLine HPOS="1" VPOS="50" WIDTH="9" HEIGHT="5"/></TextBlock>'
EMPTY = ("", "<Coords/>", '<Coords points=""/>', '<Coords points=" "></Coords>')


@pytest.mark.fault("a block of a page that has no outline", "-",
                   "left out and counted; what has an outline is drawn")
@pytest.mark.parametrize("text, kind", (
    *((page(REGION + DUMMY.format(coords)), "TextRegion") for coords in EMPTY),
    (alto(BLOCK + LINE), "TextBlock"),
    (alto(BLOCK + '<TextBlock ID="d"><Shape><Polygon POINTS=""/></Shape></TextBlock>'), "TextBlock")))
def test_a_block_without_outline_costs_itself(tmp_path, text, kind):
    source = page_xml_source(put(tmp_path / "set", {"a.xml": text, "a.png": None}))
    assert drawn(source) == [AREA] and not source.skipped
    assert any(f"1 {kind} without outline" in line for line in source.assumptions)


def test_lines_of_a_dummy_block_are_drawn(tmp_path):
    root = put(tmp_path / "set", {"a.xml": page(DUMMY.format("")), "a.png": None})
    assert drawn(page_xml_source(root, levels=("line",))) == [300]


def test_a_box_that_lacks_a_side_is_wrong_and_not_missing(tmp_path):
    root = put(tmp_path / "set", {"a.xml": alto('<TextBlock ID="b" HPOS="1" VPOS="2"/>'), "a.png": None})
    with pytest.raises(DataError, match="TextBlock b: no 'WIDTH'"): page_xml_source(root)


@pytest.mark.fault("types of regions that users of Transkribus invented", "-",
                   "by_type makes classes of them; without it, that they are there is told")
@pytest.mark.parametrize("attributes, label", (
    ('custom="readingOrder {index:0;} structure {type:heading;}"', "TextRegion/heading"),
    ('custom="structure {type:side\\u0020note;}"', "TextRegion/side note"),
    ('custom="structure {score:0.4; type:caf\\u00e9;}"', "TextRegion/café"),
    ('type="paragraph" custom="structure {type:stamp;}"', "TextRegion/stamp"),
    ('type="paragraph" custom="readingOrder {index:1;}"', "TextRegion/paragraph"),
    ('custom="structure {type:;}"', "TextRegion"), ('custom="prototype {kind:x;} type:y"', "TextRegion"),
    ("", "TextRegion")))
def test_types_of_regions(tmp_path, attributes, label):
    text = page(f'<TextRegion id="r" {attributes}>{COORDS}</TextRegion>')
    root = put(tmp_path / "set", {"a.xml": text, "a.png": None})
    assert page_xml_source(root, by_type=True).class_names == ("background", label)
    plain = page_xml_source(root)
    assert plain.class_names == ("background", "TextRegion")
    assert any("by_type=yes" in line for line in plain.assumptions) == ("/" in label)


def test_types_of_lines(tmp_path):
    line = f'<TextLine id="l" custom="structure {{type:DefaultLine;}}">{COORDS}</TextLine>'
    root = put(tmp_path / "set", {"a.xml": page(f"<TextRegion>{line}</TextRegion>"), "a.png": None})
    assert page_xml_source(root, levels=("line",), by_type=True).class_names[1:] == ("TextLine/DefaultLine",)


@pytest.mark.fault(
    "several PAGE files for one image, as each step of OCR-D leaves one", "-",
    "refused, also with skip: how many, and how to choose; the chosen folder finds its images beside it")
@pytest.mark.parametrize("on_error", ("raise", "skip"))
def test_one_image_is_never_several_records(tmp_path, on_error):
    full = page(name="IMG/a.png")
    root = put(tmp_path / "set", {"IMG/a.png": None, "BIN/p.xml": page("", "IMG/a.png"), "SEG/p.xml": full,
                                  "GT/p.xml": full})
    said = "3 files describe one image: BIN/p.xml, GT/p.xml, SEG/p.xml all describe a.png.*Choose one step"
    with pytest.raises(DataError, match=said): page_xml_source(root, on_error=on_error)
    for step in ("SEG", "GT"): assert drawn(page_xml_source(root / step, on_error=on_error)) == [AREA]
    assert page_xml_source(root / "GT").pairs[0].image.resolve() == (root / "IMG/a.png").resolve()


def test_one_image_by_two_paths_is_one_image(tmp_path):
    root = put(tmp_path / "set", {"a.png": None, "1.xml": page(), "2.xml": page(name="link.png")})
    (root / "link.png").symlink_to("a.png")
    said = "2 files describe one image: 1.xml, 2.xml all describe a.png .*Keep one of them"
    with pytest.raises(DataError, match=said): page_xml_source(root)


def test_the_folder_of_images_is_said(tmp_path):
    put(tmp_path / "far/away", {"a.png": None})
    root = put(tmp_path / "set/deep", {"x.xml": page()})
    with pytest.raises(DataError, match="--option images=FOLDER"): page_xml_source(root)
    assert drawn(page_xml_source(root, images=tmp_path / "far/away")) == [AREA]
    assert drawn(open_layout(root, images=str(tmp_path / "far"))["train"]) == [AREA]


def test_hidden_files_are_no_pages(tmp_path):
    files = dict.fromkeys(("a.xml", "._a.xml", "__MACOSX/a.xml", ".old/a.xml"), page())
    root = put(tmp_path / "set", {"a.png": None, "mets.xml": "<mets/>", **files})
    assert [pair.name for pair in page_xml_source(root).pairs] == ["a"]


@pytest.mark.parametrize("codec", ("utf-16", "latin-1"))
def test_xml_says_its_own_encoding(tmp_path, codec):
    region = f'<TextRegion id="r" custom="structure {{type:Fußnote;}}">{COORDS}</TextRegion>'
    text = page(region, head=f' encoding="{codec}"').encode(codec)
    root = put(tmp_path / "set", {"a.xml": text, "a.png": None})
    assert page_xml_source(root, by_type=True).class_names == ("background", "TextRegion/Fußnote")


def test_the_readers_say_what_a_page_does_not_tell(tmp_path):
    root = put(tmp_path / "set", {"p.xml": page(name=" ", size=(0, 0)), "a.xml": alto(name=" ")})
    assert read_page(root / "p.xml")[:2] == ("", None) and read_alto(root / "a.xml")[:2] == ("", (H, W))
    assert [shape.label for shape in read_alto(root / "a.xml")[2]] == ["TextBlock"]


def test_an_image_in_the_folder_above_is_found(tmp_path):
    "As Transkribus exports it."
    put(tmp_path / "doc", {"page/a.xml": page(), "a.png": None})
    source = page_xml_source(tmp_path / "doc/page", show_progress=False)
    assert source.pairs[0].image.resolve() == (tmp_path / "doc/a.png").resolve()
    assert "by the file name alone" in "\n".join(source.assumptions)


def test_a_file_that_mentions_alto_is_no_page(tmp_path):
    mets = '<?xml version="1.0"?><!-- <alto> --><mets xmlns:alto="http://www.loc.gov/standards/alto/ns-v4#"/>'
    put(tmp_path, {"alto/a.xml": alto(), "alto/a.png": None, "x_mets.xml": mets})
    assert len(page_xml_source(tmp_path, show_progress=False)) == 1


def test_folders_of_splits_stay_splits_in_pages(tmp_path):
    for split, region in (("train", REGION), ("val", REGION.replace("TextRegion", "ImageRegion"))):
        put(tmp_path / split, {"page/a.xml": page(region), "page/a.png": None})
    sources = open_layout(tmp_path, show_progress=False)
    assert list(sources) == ["train", "val"] and len({source.class_names for source in sources.values()}) == 1
    assert sources["val"].class_names == ("background", "ImageRegion", "TextRegion")
