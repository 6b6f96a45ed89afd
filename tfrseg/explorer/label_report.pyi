# Written by tools/stubs.py from the sources; do not edit.

from . import (
    LabelFacts as LabelFacts, Pieces as Pieces, label_facts as label_facts,
    plot_label_facts as plot_label_facts,
)
