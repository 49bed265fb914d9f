"""The site: a public dashboard on twenty years of home cooking on Food.com."""

import os

# Each visitor has a thread already, and numpy and polars read these only when they are imported.
# Among several threads, handing out the small sums of a page takes longer than the sums do.
for _threads in ("OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ.setdefault(_threads, "1")
