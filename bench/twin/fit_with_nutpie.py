"""Fits the log of a folder with nutpie, the model written in PyMC or in JAX; writes NAME.csv and NAME.report.csv there.

Before it samples, the density is held against ours at the points of density.csv: a fit of another model would say
nothing.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import arviz as az
import numpy as np
import nutpie

from equations import TRAITS, Log

SEED = 6
SAME = 1e-6


def check(density: Callable[[np.ndarray], tuple[float, np.ndarray]], points: np.ndarray) -> None:
    """Stops where the log-density, up to its constant, or a slope is not ours."""
    dim = len(TRAITS)
    worst = np.zeros(2)
    for row in points:
        z, ours, our_slopes = row[:dim], row[dim], row[dim + 1 :]
        height, slopes = density(z)
        size = max(1.0, np.abs(our_slopes).max())
        off = abs(height - ours) / abs(ours), np.abs(slopes - our_slopes).max() / size
        worst = np.maximum(worst, off)
    print(f"{len(points)} points: density off by {worst[0]:.0e}, slopes by {worst[1]:.0e} (relative)", flush=True)
    if not (worst < SAME).all():
        raise SystemExit("the density is another than ours; its fit would say nothing")


@dataclass
class Watch:
    """Seconds on the wall, and of computing by all threads."""

    wall: float = field(default_factory=time.perf_counter)
    busy: float = field(default_factory=time.process_time)

    def read(self) -> str:
        return f"{time.perf_counter() - self.wall},{time.process_time() - self.busy}"


def write(folder: Path, name: str, trace: az.InferenceData, compiling: str, sampling: str) -> None:
    draws = trace.posterior["traits"]
    rows = draws.to_numpy().reshape(-1, len(TRAITS))
    np.savetxt(folder / f"{name}.csv", rows, delimiter=",", header=",".join(TRAITS), comments="")
    stats = trace.sample_stats
    gradients = int(stats["n_steps"].sum() + trace.warmup_sample_stats["n_steps"].sum())
    divergences = int(stats["diverging"].sum())
    chains = draws.sizes["chain"]
    (folder / f"{name}.report.csv").write_text(
        "chains,compile_s,compile_cpu_s,sample_s,sample_cpu_s,gradients,divergences\n"
        f"{chains},{compiling},{sampling},{gradients},{divergences}\n"
    )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("by", choices=["pymc", "jax"])
    words.add_argument("--tune", type=int, default=300)
    words.add_argument("--draws", type=int, default=250)
    words.add_argument("--cores", type=int, default=2)
    words.add_argument("--cached", action="store_true", help="compile only what no earlier run did")
    told = words.parse_args()

    peer = importlib.import_module(f"in_{told.by}")
    watch = Watch()
    ready, density = peer.compiled(Log.read(told.folder / "log.csv"), told.cached)
    compiling = watch.read()
    print(f"compiled: {compiling} s, s of computing", flush=True)
    check(density, np.loadtxt(told.folder / "density.csv", delimiter=","))

    watch = Watch()
    trace = nutpie.sample(
        ready,
        draws=told.draws,
        tune=told.tune,
        chains=4,
        cores=told.cores,
        seed=SEED,
        low_rank_modified_mass_matrix=True,
        save_warmup=True,
        progress_bar=False,
    )
    write(told.folder, told.by, trace, compiling, watch.read())


if __name__ == "__main__":
    main()
