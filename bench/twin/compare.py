"""One table of fits of the same log: their cost, and their medians with Monte-Carlo error."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import arviz as az
import numpy as np

FITS = {"ours-2": "Letdown, 2 threads", "ours-1": "Letdown, 1 thread", "pymc": "PyMC, nutpie", "jax": "JAX, nutpie"}


@dataclass(frozen=True)
class Fit:
    """A fit's account of itself, and its draws by chain for every trait."""

    compile_s: float
    compile_cpu_s: float
    sample_s: float
    sample_cpu_s: float
    gradients: int
    divergences: int
    draws: dict[str, np.ndarray]

    @classmethod
    def read(cls, folder: Path, name: str) -> Fit:
        chains, *seconds, gradients, divergences = np.loadtxt(folder / f"{name}.report.csv", delimiter=",", skiprows=1)
        with (folder / f"{name}.csv").open() as file:
            names = file.readline().strip().split(",")
            rows = np.loadtxt(file, delimiter=",")
        draws = {trait: column.reshape(int(chains), -1) for trait, column in zip(names, rows.T, strict=True)}
        return cls(*seconds, int(gradients), int(divergences), draws)

    def costs(self) -> list[str]:
        ess = min(float(az.ess(x, method="bulk")) for x in self.draws.values())
        r_hat = max(float(az.rhat(x)) for x in self.draws.values())
        drawn = next(iter(self.draws.values())).size
        compiling = f"{self.compile_s:.0f} ({self.compile_cpu_s:.0f})"
        sampling = f"{self.sample_s:.1f} ({self.sample_cpu_s:.1f})"
        rate = f"{ess / self.sample_s:.2f} ({ess / self.sample_cpu_s:.2f})"
        counts = [str(self.gradients), str(drawn), f"{ess:.0f}"]
        return [compiling, sampling, *counts, rate, f"{r_hat:.3f}", str(self.divergences)]

    def median(self, trait: str) -> tuple[float, float]:
        x = self.draws[trait]
        return float(np.median(x)), float(az.mcse(x, method="quantile", prob=0.5))


def rows_of(table: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in table)


def costs(fits: dict[str, Fit]) -> str:
    head = ["", "compile s (cpu)", "sample s (cpu)", "gradients", "draws", "ESS", "ESS/s (cpu)", "R-hat", "diverged"]
    return rows_of([head, ["---"] * len(head), *([FITS[name], *fit.costs()] for name, fit in fits.items())])


def medians(fits: dict[str, Fit], truth: dict[str, float]) -> str:
    head = ["median", "truth", *(FITS[name] for name in fits), "apart, in errors"]
    table = [head, ["---"] * len(head)]
    ours, theirs = fits["ours-2"], fits.get("pymc") or fits["jax"]
    for trait in theirs.draws:
        (a, a_error), (b, b_error) = ours.median(trait), theirs.median(trait)
        shown = [f"{m:.4g} ± {e:.1g}" for m, e in (fit.median(trait) for fit in fits.values())]
        table.append([trait, f"{truth[trait]:.4g}", *shown, f"{(a - b) / np.hypot(a_error, b_error):+.1f}"])
    return rows_of(table)


def main() -> None:
    folder = Path(sys.argv[1])
    fits = {name: Fit.read(folder, name) for name in FITS if (folder / f"{name}.csv").exists()}
    with (folder / "truth.csv").open() as file:
        names = file.readline().strip().split(",")
        truth = dict(zip(names, np.loadtxt(file, delimiter=","), strict=True))
    print(costs(fits), medians(fits, truth), sep="\n\n")


if __name__ == "__main__":
    main()
