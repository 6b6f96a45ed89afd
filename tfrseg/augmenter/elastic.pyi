# Written by tools/stubs.py from the sources; do not edit.

from . import ElasticTransform as ElasticTransform, GridDistortion as GridDistortion
