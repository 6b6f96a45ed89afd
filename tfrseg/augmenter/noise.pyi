# Written by tools/stubs.py from the sources; do not edit.

from . import (
    CutOut as CutOut, GaussianBlur as GaussianBlur, GaussianNoise as GaussianNoise,
    JpegArtifacts as JpegArtifacts, MotionBlur as MotionBlur,
)
