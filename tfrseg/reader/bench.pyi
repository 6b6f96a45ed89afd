# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Bench as Bench, Estimate as Estimate, Measured as Measured, Rate as Rate, advise as advise,
    bench_dataset as bench_dataset, estimate as estimate, measure_rate as measure_rate,
    split_costs as split_costs,
)
