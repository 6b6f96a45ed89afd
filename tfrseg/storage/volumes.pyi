# Written by tools/stubs.py from the sources; do not edit.

from . import VolumeSlice as VolumeSlice, volume_slices as volume_slices
