# Written by tools/stubs.py from the sources; do not edit.

from . import (
    CLOUD38 as CLOUD38, ClassFiles as ClassFiles, cloud38_source as cloud38_source,
    compile_pattern as compile_pattern, pattern_source as pattern_source,
)
