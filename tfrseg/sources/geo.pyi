# Written by tools/stubs.py from the sources; do not edit.

from . import (
    GEOJSON as GEOJSON, Place as Place, feature_class as feature_class, feature_property as feature_property,
    geojson_source as geojson_source, polygons_of as polygons_of, read_geojson as read_geojson,
    read_georeference as read_georeference, settle_coordinates as settle_coordinates,
)
