# Written by tools/stubs.py from the sources; do not edit.

from . import (
    affine_matrix as affine_matrix, make_matrix as make_matrix, perspective_matrix as perspective_matrix,
)
