"""The model of a plain log with totals, in PyMC: sections 1 to 5, 7 and 8 of docs/model.md.

One virtual breast stands for two. What is left out: gaps that may have held a session that was not written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from pytensor import scan
from pytensor.gradient import disconnected_grad
from pytensor.tensor import TensorVariable

# In the order of the columns that Letdown writes.
TRAITS = (
    "Capacity Storage HalfFullness Steepness PumpShare SessionSd DaySd GapSd "
    "Cosine Sine SetFullness MemoryH Gain Return Ceiling Start OutOfReach"
).split()
OMEGA = 2 * np.pi / 24
BACK_PER_DAY = 0.01
RETENTION_PER_DAY = 0.15
LEAK_PER_H = 0.05
MOST = 0.98
NEWTON_STEPS = 6


@dataclass(frozen=True)
class Log:
    """Pump sessions: hours since the first, volumes (mL, NaN where none was read) and reading steps (mL)."""

    hour: np.ndarray
    ml: np.ndarray
    step_ml: np.ndarray

    @classmethod
    def read(cls, path: Path) -> Log:
        hour, ml, step_ml = np.genfromtxt(path, delimiter=",", skip_header=1, unpack=True)
        return cls(hour, ml, step_ml)


class State(NamedTuple):
    """What is believed after a removal; its log-likelihood last."""

    milk: TensorVariable
    wander: TensorVariable
    p_mm: TensorVariable
    p_mw: TensorVariable
    p_ww: TensorVariable
    memory: TensorVariable
    ln_capacity: TensorVariable
    ll: TensorVariable


class Gap(NamedTuple):
    """What only the clock decides about a gap."""

    hours: TensorVariable
    cosine: TensorVariable
    sine: TensorVariable
    kept: TensorVariable
    gained: TensorVariable


def log_normal(median: float, sd: float, z: TensorVariable) -> TensorVariable:
    return median * pt.exp(sd * z)


def traits(z: dict[str, TensorVariable]) -> dict[str, TensorVariable]:
    """Traits in their units from standard normal deviations."""
    sd_capacity = np.hypot(0.25, 0.30 / np.sqrt(2))
    capacity = 0.38125 * z["Storage"] + 0.92448 * z["Capacity"]
    return {
        "Capacity": log_normal(17.0 * np.sqrt(1.1), sd_capacity, capacity),
        "Storage": log_normal(185.0, 0.40, z["Storage"]),
        "HalfFullness": log_normal(1.0, 0.15, z["HalfFullness"]),
        "Steepness": log_normal(6.0, 0.40, z["Steepness"]),
        "PumpShare": np.log(0.85 / 0.15) + 0.4 * z["PumpShare"],
        "SessionSd": log_normal(0.35, 0.6, z["SessionSd"]),
        "DaySd": log_normal(0.03, 0.5, z["DaySd"]),
        "GapSd": log_normal(0.06, 0.5, z["GapSd"]),
        "Cosine": 0.04 * np.cos(22 * OMEGA) + 0.03 * z["Cosine"],
        "Sine": 0.04 * np.sin(22 * OMEGA) + 0.03 * z["Sine"],
        "SetFullness": log_normal(0.35, 0.15, z["SetFullness"]),
        "MemoryH": log_normal(48.0, 0.5, z["MemoryH"]),
        "Gain": log_normal(0.25, 0.5, z["Gain"]),
        "Return": log_normal(0.06, 0.6, z["Return"]),
        "Ceiling": log_normal(2.3, 0.25, z["Ceiling"]),
        "Start": 0.7 * z["Start"],
        "OutOfReach": log_normal(0.12, 0.35, z["OutOfReach"]),
    }


def rounded(x: TensorVariable, corner: float) -> tuple[TensorVariable, TensorVariable]:
    """The larger of x and 0 with its corner rounded off, and its slope."""
    root = pt.sqrt(x * x + corner * corner)
    return (x + root) / 2, (1 + x / root) / 2


def filled(t: dict[str, TensorVariable], f1: TensorVariable, y: TensorVariable) -> TensorVariable:
    """Solves Phi(f2) = Phi(f1) + y: steps without a slope, then one of Newton's that has the slope of the solution."""

    def newton(
        f: TensorVariable, aim: TensorVariable, f50: TensorVariable, n: TensorVariable, bent: float
    ) -> TensorVariable:
        power = pt.exp(n * pt.log(f / f50))
        step = (f * (1 + power / (n + 1)) - aim) / (1 + power)
        return f - step / pt.maximum(1 - bent * step * n * power / (f * (1 + power)), 0.5)

    f50, n = t["HalfFullness"], t["Steepness"]
    aim = f1 * (1 + (f1 / f50) ** n / (n + 1)) + y
    fixed = [disconnected_grad(x) for x in (aim, f50, n)]
    above = fixed[1] * ((fixed[2] + 1) * fixed[0] / fixed[1]) ** (1 / (fixed[2] + 1))
    f = pt.minimum(fixed[0], above)
    for _ in range(NEWTON_STEPS):
        f = newton(f, *fixed, 0.5)
    return newton(disconnected_grad(f), aim, f50, n, 0.0)


def leaked(
    t: dict[str, TensorVariable],
    f1: TensorVariable,
    f2: TensorVariable,
    y: TensorVariable,
    hours: TensorVariable,
) -> TensorVariable:
    """Fullness once what lay above 1 has leaked."""
    f50, n = t["HalfFullness"], t["Steepness"]
    to_full = 1 + (1 / f50) ** n / (n + 1) - f1 * (1 + (f1 / f50) ** n / (n + 1))
    u = LEAK_PER_H * hours * pt.clip(1 - to_full / y, 1e-9, 1)
    fresh = f2 - pt.maximum(f1, 1)
    left = 1 + pt.maximum(f1 - 1, 0) * pt.exp(-u) - fresh * pt.expm1(-u) / u
    return pt.switch(f2 > 1, left, f2)


def below_ceiling(
    ceiling: TensorVariable, before: TensorVariable, free: TensorVariable, days: TensorVariable
) -> TensorVariable:
    """A straight course from before to free; while above the ceiling, 1/day of what is above is taken away."""

    def safe(chosen: TensorVariable, x: TensorVariable, otherwise: float) -> TensorVariable:
        return pt.switch(chosen, x, otherwise)

    slope, above = (free - before) / days, before - ceiling
    rises = (above < 0) & (free > ceiling)
    rising = safe(rises, slope, 1.0)
    through = ceiling - rising * pt.expm1(-(days + safe(rises, above, 0.0) / rising))
    end = above * pt.exp(-days) - slope * pt.expm1(-days)
    falls = (above >= 0) & (end < 0)
    falling = safe(falls, slope, -1.0)
    out = ceiling + falling * (days - pt.log1p(-safe(falls, above, 0.0) / falling))
    stays = pt.switch(above >= 0, ceiling + end, free)
    return pt.switch(rises, through, pt.switch(falls, out, stays))


def pass_gap(t: dict[str, TensorVariable], s: State, gap: Gap) -> tuple[State, TensorVariable]:
    """The belief at the end of a gap, and the variance of the milk that the gap left to chance."""
    f50, n, storage = t["HalfFullness"], t["Steepness"], 2 * t["Storage"]
    wander = gap.kept * s.wander
    p_mw = gap.kept * s.p_mw
    p_ww = gap.kept**2 * s.p_ww + t["DaySd"] ** 2 * gap.gained
    rhythm = 1 + t["Cosine"] * gap.cosine + t["Sine"] * gap.sine
    made = 2 * t["Capacity"] * pt.exp(s.ln_capacity + wander) * gap.hours * rhythm
    y = made / storage
    f1, begins = rounded(s.milk / storage, 0.02)
    f2 = filled(t, f1, y)
    power1, power2 = (f1 / f50) ** n, (f2 / f50) ** n
    to_milk, to_wander = begins * (1 + power1) / (1 + power2), made / (1 + power2)
    fresh = (t["GapSd"] * to_wander) ** 2 / 2
    p_mm = to_milk**2 * s.p_mm + 2 * to_milk * to_wander * p_mw + to_wander**2 * p_ww + fresh
    p_mw = to_milk * p_mw + to_wander * p_ww
    psi1, psi2 = (f * f * (0.5 + p / (n + 2)) for f, p in ((f1, power1), (f2, power2)))
    mean = pt.minimum(pt.maximum((psi2 - psi1) / y, f1), f2)
    memory, ln_capacity = remembered(t, s, mean, gap.hours)
    milk = storage * leaked(t, f1, f2, y, gap.hours)
    return State(milk, wander, p_mm, p_mw, p_ww, memory, ln_capacity, s.ll), fresh


def remembered(
    t: dict[str, TensorVariable], s: State, mean: TensorVariable, hours: TensorVariable
) -> tuple[TensorVariable, TensorVariable]:
    """Remembered fullness and ln C/C0 at the end of a gap."""
    days, x = hours / 24, hours / t["MemoryH"]
    mean_memory = mean - (s.memory - mean) * pt.expm1(-x) / x
    retention = RETENTION_PER_DAY * pt.sigmoid((mean_memory - 0.9) / 0.05)
    drive = t["Gain"] * (t["SetFullness"] - mean_memory) - retention
    held = pt.exp(-t["Return"] * days)
    free = s.ln_capacity * held + drive * (1 - held) / t["Return"]
    ln_capacity = below_ceiling(pt.log(t["Ceiling"]), s.ln_capacity, free, days)
    return mean + (s.memory - mean) * pt.exp(-x), ln_capacity


def cdf(x: TensorVariable) -> TensorVariable:
    """Distribution function of Student's t with 4 degrees of freedom, without cancellation in its lower tail."""
    root = pt.sqrt(4 + x * x)
    lower = 4 / (root * (root + pt.abs(x)))
    one_plus = pt.switch(x < 0, lower, 2 - lower)
    return one_plus**2 * (3 - one_plus) / 4


def log_likelihood(
    residual: TensorVariable, variance: TensorVariable, ml: TensorVariable, step_ml: TensorVariable
) -> TensorVariable:
    scale = pt.sqrt(variance)
    half = step_ml / 2 / scale
    x = residual / scale
    near = -pt.abs(x)
    read = pt.log(cdf(near + half) - cdf(near - half))
    return pt.switch(pt.eq(ml, 0), pt.log(cdf(x + half)), read)


def remove(
    t: dict[str, TensorVariable],
    s: State,
    fresh: TensorVariable | float,
    ml: TensorVariable,
    step_ml: TensorVariable,
) -> State:
    """The belief behind a removal; a volume below 0 stands for none."""
    storage, usual = 2 * t["Storage"], pt.sigmoid(t["PumpShare"])
    reach, within = rounded(s.milk / storage - t["OutOfReach"], 0.04)
    share = MOST - rounded(MOST - usual, 0.02)[0]
    noise = (usual * (1 - usual) * t["SessionSd"] * storage * reach) ** 2 / 2
    slope, expected = share * within, share * storage * reach
    is_read = pt.ge(ml, 0)
    variance = slope**2 * s.p_mm + noise
    residual = pt.switch(is_read, ml - expected, 0.0)
    ratio = residual**2 / variance
    odd = pt.switch(is_read, (4 + ratio / (1 + ratio / 900)) / 5, 1.0)
    p_mm, noise, left = s.p_mm + (odd - 1) * fresh, odd * noise, 1 - slope
    k_m, k_w = left * p_mm * slope - noise, s.p_mw * slope
    w = slope**2 * p_mm + noise + step_ml**2 / 12
    weight = pt.switch(is_read, 1 / w, 0.0)
    ll = pt.switch(is_read, log_likelihood(residual, variance, ml, step_ml), 0.0)
    return State(
        s.milk - expected + residual * k_m * weight,
        s.wander + residual * k_w * weight,
        left**2 * p_mm + noise - k_m**2 * weight,
        left * s.p_mw - k_m * k_w * weight,
        s.p_ww - k_w**2 * weight,
        s.memory,
        s.ln_capacity,
        s.ll + ll,
    )


def first(t: dict[str, TensorVariable]) -> State:
    storage, zero = 2 * t["Storage"], pt.zeros(())
    variance = (0.25 * storage) ** 2
    begun = (0.55 * storage, zero, variance, zero, pt.constant(0.02**2))
    return State(*begun, t["SetFullness"], t["Start"], zero)


def gaps(log: Log) -> list[np.ndarray]:
    """The columns of `Gap`, a row for every gap; her clock shows 0 at the log's zero."""
    begins, ends = log.hour[:-1], log.hour[1:]
    hours = ends - begins
    cosine = (np.sin(OMEGA * ends) - np.sin(OMEGA * begins)) / (OMEGA * hours)
    sine = (np.cos(OMEGA * begins) - np.cos(OMEGA * ends)) / (OMEGA * hours)
    kept = np.exp(-BACK_PER_DAY * hours / 24)
    return [hours, cosine, sine, kept, (1 - kept**2) / (2 * BACK_PER_DAY)]


def likelihood(t: dict[str, TensorVariable], log: Log) -> TensorVariable:
    """The log-likelihood of a log under some traits."""
    names = list(t)
    ml = np.nan_to_num(log.ml, nan=-1.0)
    begun = remove(t, first(t), 0.0, pt.constant(ml[0]), pt.constant(log.step_ml[0]))

    def step(*inputs: TensorVariable) -> list[TensorVariable]:
        gap, (ml, step_ml), rest = Gap(*inputs[:5]), inputs[5:7], inputs[7:]
        state, values = State(*rest[:8]), rest[8:]
        hers = dict(zip(names, values, strict=True))
        behind, fresh = pass_gap(hers, state, gap)
        return list(remove(hers, behind, fresh, ml, step_ml))

    columns = [pt.constant(c) for c in (*gaps(log), ml[1:], log.step_ml[1:])]
    outputs = scan(
        step,
        sequences=columns,
        outputs_info=list(begun),
        non_sequences=[t[name] for name in names],
        strict=True,
        return_updates=False,
    )
    return outputs[-1][-1]


def model(log: Log) -> pm.Model:
    """Seventeen standard normal deviations and the log's likelihood."""
    with pm.Model() as twin:
        z = pm.Normal("z", shape=len(TRAITS))
        hers = traits({name: z[i] for i, name in enumerate(TRAITS)})
        for name, value in hers.items():
            pm.Deterministic(name, value)
        pm.Potential("log", likelihood(hers, log))
    return twin
