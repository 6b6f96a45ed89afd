# Written by tools/stubs.py from the sources; do not edit.

from . import (
    GEOJSON as GEOJSON, Georeference as Georeference, choose_coordinates as choose_coordinates,
    feature_class as feature_class, feature_property as feature_property, geojson_source as geojson_source,
    polygons_of as polygons_of, read_geojson as read_geojson, read_georeference as read_georeference,
)
