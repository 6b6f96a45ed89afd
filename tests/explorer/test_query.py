"What is counted of the records that were found, and while a scan goes on."
import numpy as np

from tfrseg.explorer.facts import RecordFacts
from tfrseg.explorer.query import Known, make_facets
from tfrseg.storage.flags import Flag


def test_tags_of_records_not_yet_scanned_are_in_the_whole_alone():
    facts = RecordFacts(255)
    for name in ("a", "b"): facts.add(name, np.array([[0, 1]]))
    marks = {number: Flag(str(number), tags="late") for number in (1, 2, 3)}
    assert make_facets(None, Known(facts, 4, marks=marks))["tags"] == [["late", 1, 3]]
    assert make_facets(np.array([0]), Known(facts, 4, marks=marks))["tags"] == [["late", 0, 3]]
