"""The data of Mangetamain Analytics: demo files, the build, its checks and its report."""
