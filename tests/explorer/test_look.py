"""What is shown of batches as a model gets them."""
import numpy as np

from tfrseg.augmenter.color import Normalize
from tfrseg.augmenter.geometry import RandomFlip
from tfrseg.cards import CARD_CLASSES
from tfrseg.explorer.look import show_batch
from tfrseg.reader.pipeline import make_dataset
from tfrseg.storage.shards import open_shards


def said(figure): return figure.get_suptitle(), figure.legends[0].get_title().get_text()


def test_a_pipeline_as_it_is(shards):
    "The pipeline itself: caption, no warnings, shares that add up."
    figure = show_batch(make_dataset(shards, augment=RandomFlip(), batch_size=4), class_names=CARD_CLASSES)
    caption, warnings = said(figure)
    assert caption.startswith("image 4 x [90, 120, 3] float32, ") and "mask 4 x [90, 120, 1] uint8, 0 to 4" in caption and not warnings
    shares = [float(text.get_text().split()[-2]) for text in figure.legends[0].get_texts()]
    assert len(shares) == 5 and abs(sum(shares) - 100) < 0.5


def test_normalised_batches_are_undone(shards):
    "With `normalize`, the pictures are those from before; without, one is told."
    told = Normalize()
    plain, = make_dataset(shards, batch_size=4, shuffle=False).take(1)
    batch, = make_dataset(shards, augment=told, batch_size=4, shuffle=False).take(1)
    drawn = lambda figure: np.asarray(figure.axes[0].images[0].get_array(), int)
    assert np.abs(drawn(show_batch(batch, normalize=told)) - drawn(show_batch(plain))).max() <= 1
    assert said(show_batch(batch, normalize=told))[1] == ""
    assert "Say normalize=" in said(show_batch(batch))[1]
    assert "normalize gives" in said(show_batch(plain, normalize=told))[1]


def test_shards_by_path_list_and_opened_are_drawn_alike(shards):
    "Spread over all records, with the classes of the data set."
    opened = open_shards(shards)
    figures = [show_batch(given, 2) for given in (shards, str(shards), opened.files, opened)]
    drawn = [[np.asarray(axes.images[0].get_array()) for axes in figure.axes[:2]] for figure in figures]
    for pictures in drawn[1:]:
        for picture, first in zip(pictures, drawn[0]): np.testing.assert_array_equal(picture, first)
    np.testing.assert_array_equal(drawn[0][0], opened.sample(0)["image"])
    names = [text.get_text() for figure in (figures[0], figures[3]) for text in figure.legends[0].get_texts()]
    assert all(any(name in text for text in names) for name in CARD_CLASSES[:2])
