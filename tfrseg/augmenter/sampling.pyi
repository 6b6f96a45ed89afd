# Written by tools/stubs.py from the sources; do not edit.

from . import (
    FAR_OUTSIDE as FAR_OUTSIDE, FIXED_ONE as FIXED_ONE, affine_matrix as affine_matrix,
    make_matrix as make_matrix, perspective_matrix as perspective_matrix, sample_area as sample_area,
    sample_pixels as sample_pixels, surrounding_pixels as surrounding_pixels,
)
