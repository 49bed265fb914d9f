"""Lets `python -m mangetamain_data_utils` be the command `mangetamain-data`."""

from mangetamain_data_utils.cli import main

main(prog_name="mangetamain-data")
