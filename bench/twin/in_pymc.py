"""The equations as a PyMC model: the filter is a `pytensor.scan`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import nutpie
import pymc as pm
import pytensor
import pytensor.tensor as pt
from pytensor import scan
from pytensor.gradient import disconnected_grad
from pytensor.tensor import TensorVariable

from equations import TRAITS, Equations, Log, State, columns


def likelihood(t: dict[str, TensorVariable], log: Log) -> TensorVariable:
    """The log-likelihood of a log under some traits."""
    equations = Equations(pt, disconnected_grad)
    rows = [pt.constant(column) for column in columns(log)]

    def step(*inputs: TensorVariable) -> list[TensorVariable]:
        row, state, hers = inputs[:7], inputs[7:15], inputs[15:]
        return list(equations.next(dict(zip(t, hers, strict=True)), State(*state), row))

    outputs = scan(
        step,
        sequences=rows,
        outputs_info=list(equations.begun(t, log)),
        non_sequences=list(t.values()),
        strict=True,
        return_updates=False,
    )
    return outputs[-1][-1]


def model(log: Log) -> pm.Model:
    """Seventeen standard normal deviations and the log's likelihood."""
    with pm.Model() as twin:
        z = pm.Normal("z", shape=len(TRAITS))
        hers = Equations(pt).traits({name: z[i] for i, name in enumerate(TRAITS)})
        pm.Deterministic("traits", pt.stack(list(hers.values())))
        pm.Potential("log", likelihood(hers, log))
    return twin


def compiled(log: Log, cached: bool) -> tuple[nutpie.CompiledModel, Callable[[np.ndarray], tuple]]:
    """The model for nutpie, and its density and slopes without the constant of the prior."""
    # What an earlier run compiled is not used: its seconds are measured.
    pytensor.config.numba__cache = cached
    ready = nutpie.compile_pymc_model(model(log), backend="numba")
    constant = -len(TRAITS) / 2 * np.log(2 * np.pi)

    def density(z: np.ndarray) -> tuple[float, np.ndarray]:
        height, slopes = ready.logp_func(z)
        return height - constant, slopes

    return ready, density
