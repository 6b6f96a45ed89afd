# Written by tools/stubs.py from the sources; do not edit.

from . import ModelAnswers as ModelAnswers
