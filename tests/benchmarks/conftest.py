import sys
from pathlib import Path

# Benchmarks are scripts, and the comparison is a folder of them, which find each other as neighbours.
_BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path[:0] = [str(_BENCHMARKS / "extractors"), str(_BENCHMARKS)]
