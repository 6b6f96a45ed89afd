# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Parameter as Parameter, accepts as accepts, allowed_end as allowed_end, parameters_of as parameters_of,
    with_defaults as with_defaults,
)
