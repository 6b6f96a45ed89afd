# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Combinator as Combinator, Compose as Compose, OneOf as OneOf, RandomApply as RandomApply,
    SomeOf as SomeOf, select_branch as select_branch,
)
