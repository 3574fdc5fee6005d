import sys
from pathlib import Path

# The comparison is a folder of scripts, which find each other as neighbours.
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "extractors"))
