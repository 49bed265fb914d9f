"""Puts built files into the S3 store and names the current one; see 40_utils/README.md."""
