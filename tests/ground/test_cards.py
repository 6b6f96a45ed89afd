"The running example as files."
import numpy as np
from PIL import Image

from tfrseg.cards import make_card, make_folder


def test_each_card_that_lies_there_is_told(tmp_path):
    told = []
    anew = make_card.__wrapped__  # tests draw a card once a process, here twice
    folder = make_folder(tmp_path, 3, (32, 40), on_card=lambda: told.append(len(list((tmp_path / "seg").iterdir()))))
    assert told == [1, 2, 3]
    for n, file in enumerate(sorted((folder / "seg").iterdir())):
        assert (np.asarray(Image.open(file)) == anew(n, (32, 40))["mask"][..., 0]).all()
