# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ExportedModel as ExportedModel, export_model as export_model, load_model as load_model,
    model_labels as model_labels, save_model as save_model,
)
