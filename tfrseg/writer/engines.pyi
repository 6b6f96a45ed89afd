# Written by tools/stubs.py from the sources; do not edit.

from . import ray_engine as ray_engine
