# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ArrayForm as ArrayForm, StoredArray as StoredArray, TargetArray as TargetArray, as_tensors as as_tensors,
    facts_of as facts_of, find_form as find_form, free_encodings as free_encodings, is_tensor as is_tensor,
    mixer_size as mixer_size, tensor_schema as tensor_schema, tfds_form as tfds_form,
)
