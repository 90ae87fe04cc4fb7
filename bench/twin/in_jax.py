"""The equations in JAX, without PyMC: the filter is a `jax.lax.scan`."""

from __future__ import annotations

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
from nutpie.compiled_pyfunc import PyFuncModel, from_pyfunc

from equations import TRAITS, Equations, Log, State, columns

jax.config.update("jax_enable_x64", True)


def log_density(log: Log) -> Callable[[jax.Array], jax.Array]:
    equations = Equations(jnp, jax.lax.stop_gradient)
    rows = [jnp.asarray(column) for column in columns(log)]

    def density(z: jax.Array) -> jax.Array:
        t = equations.traits(dict(zip(TRAITS, z, strict=True)))

        def step(state: State, row: list[jax.Array]) -> tuple[State, None]:
            return equations.next(t, state, row), None

        begun = State(*(jnp.asarray(x, dtype=float) for x in equations.begun(t, log)))
        end, _ = jax.lax.scan(step, begun, rows)
        return end.ll - jnp.sum(z * z) / 2

    return density


def compiled(log: Log, cached: bool) -> tuple[PyFuncModel, Callable[[np.ndarray], tuple]]:
    """The model for nutpie, and its density and slopes; JAX keeps nothing of an earlier run."""
    of = jax.jit(jax.value_and_grad(log_density(log)))

    def density(z: np.ndarray) -> tuple[float, np.ndarray]:
        height, slopes = of(z)
        return float(height), np.asarray(slopes)

    def expand(z: np.ndarray) -> dict[str, np.ndarray]:
        hers = Equations(np).traits(dict(zip(TRAITS, z, strict=True)))
        return {"traits": np.array([hers[name] for name in TRAITS])}

    def begin(seed: int) -> np.ndarray:
        """Where PyMC would: around the middle of the prior."""
        return np.random.default_rng(seed).uniform(-1, 1, len(TRAITS))

    ready = from_pyfunc(
        len(TRAITS),
        lambda: density,
        lambda *_: expand,
        [np.dtype(float)],
        [(len(TRAITS),)],
        ["traits"],
        make_initial_point_fn=begin,
    )
    density(np.zeros(len(TRAITS)))
    return ready, density
