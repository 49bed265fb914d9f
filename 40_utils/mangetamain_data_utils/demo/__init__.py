"""A demo dataset in the format of Food.com's seven Kaggle files, calibrated on published figures.

write_demo(Path(".data/demo"), scale=0.1)
for row in calibration_table(Path(".data/mangetamain.duckdb")):
    print(row.figure, row.published, row.generated)
"""

from .comparison import CalibrationRow, calibration_table
from .generator import DemoSummary, write_demo

__all__ = [
    "CalibrationRow",
    "DemoSummary",
    "calibration_table",
    "write_demo",
]
