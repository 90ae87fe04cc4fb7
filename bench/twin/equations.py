"""The equations of a plain log with totals: sections 1 to 5, 7 and 8 of docs/model.md, for any library of arrays.

One virtual breast stands for two. What is left out: gaps that may have held a session that was not written down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, TypeAlias

import numpy as np

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
NEWTON_STEPS = 4


# A number of whichever library works on it.
Number: TypeAlias = "object"


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

    milk: Number
    wander: Number
    p_mm: Number
    p_mw: Number
    p_ww: Number
    memory: Number
    ln_capacity: Number
    ll: Number


class Gap(NamedTuple):
    """What only the clock decides about a gap."""

    hours: Number
    cosine: Number
    sine: Number
    kept: Number
    gained: Number


@dataclass(frozen=True)
class Equations:
    """The equations in a library's numbers; `fixed` takes the slope from one."""

    xp: ModuleType
    fixed: Callable[[Number], Number] = lambda x: x

    def logistic(self, x: Number) -> Number:
        return 1 / (1 + self.xp.exp(-x))

    def log_normal(self, median: float, sd: float, z: Number) -> Number:
        return median * self.xp.exp(sd * z)

    def traits(self, z: dict[str, Number]) -> dict[str, Number]:
        """Traits in their units from standard normal deviations."""
        sd_capacity = np.hypot(0.25, 0.30 / np.sqrt(2))
        capacity = 0.38125 * z["Storage"] + 0.92448 * z["Capacity"]
        return {
            "Capacity": self.log_normal(17.0 * np.sqrt(1.1), sd_capacity, capacity),
            "Storage": self.log_normal(185.0, 0.40, z["Storage"]),
            "HalfFullness": self.log_normal(1.0, 0.15, z["HalfFullness"]),
            "Steepness": self.log_normal(6.0, 0.40, z["Steepness"]),
            "PumpShare": np.log(0.85 / 0.15) + 0.4 * z["PumpShare"],
            "SessionSd": self.log_normal(0.35, 0.6, z["SessionSd"]),
            "DaySd": self.log_normal(0.03, 0.5, z["DaySd"]),
            "GapSd": self.log_normal(0.06, 0.5, z["GapSd"]),
            "Cosine": 0.04 * np.cos(22 * OMEGA) + 0.03 * z["Cosine"],
            "Sine": 0.04 * np.sin(22 * OMEGA) + 0.03 * z["Sine"],
            "SetFullness": self.log_normal(0.35, 0.15, z["SetFullness"]),
            "MemoryH": self.log_normal(48.0, 0.5, z["MemoryH"]),
            "Gain": self.log_normal(0.25, 0.5, z["Gain"]),
            "Return": self.log_normal(0.06, 0.6, z["Return"]),
            "Ceiling": self.log_normal(2.3, 0.25, z["Ceiling"]),
            "Start": 0.7 * z["Start"],
            "OutOfReach": self.log_normal(0.12, 0.35, z["OutOfReach"]),
        }

    def rounded(self, x: Number, corner: float) -> tuple[Number, Number]:
        """The larger of x and 0 with its corner rounded off, and its slope."""
        root = self.xp.sqrt(x * x + corner * corner)
        return (x + root) / 2, (1 + x / root) / 2

    def filled(self, t: dict[str, Number], f1: Number, y: Number) -> Number:
        """Solves Phi(f2) = Phi(f1) + y: steps without a slope, then one of Newton's with that of the solution."""

        def newton(f: Number, aim: Number, f50: Number, n: Number, bent: float) -> Number:
            power = self.xp.exp(n * self.xp.log(f / f50))
            step = (f * (1 + power / (n + 1)) - aim) / (1 + power)
            return f - step / self.xp.maximum(1 - bent * step * n * power / (f * (1 + power)), 0.5)

        f50, n = t["HalfFullness"], t["Steepness"]
        aim = f1 * (1 + (f1 / f50) ** n / (n + 1)) + y
        fixed = [self.fixed(x) for x in (aim, f50, n)]
        above = fixed[1] * ((fixed[2] + 1) * fixed[0] / fixed[1]) ** (1 / (fixed[2] + 1))
        f = self.xp.minimum(fixed[0], above)
        for _ in range(NEWTON_STEPS):
            f = newton(f, *fixed, 0.5)
        return newton(self.fixed(f), aim, f50, n, 0.0)

    def leaked(
        self,
        t: dict[str, Number],
        f1: Number,
        f2: Number,
        y: Number,
        hours: Number,
    ) -> Number:
        """Fullness once what lay above 1 has leaked."""
        f50, n = t["HalfFullness"], t["Steepness"]
        to_full = 1 + (1 / f50) ** n / (n + 1) - f1 * (1 + (f1 / f50) ** n / (n + 1))
        u = LEAK_PER_H * hours * self.xp.clip(1 - to_full / y, 1e-9, 1)
        fresh = f2 - self.xp.maximum(f1, 1)
        left = 1 + self.xp.maximum(f1 - 1, 0) * self.xp.exp(-u) - fresh * self.xp.expm1(-u) / u
        return self.xp.where(f2 > 1, left, f2)

    def below_ceiling(self, ceiling: Number, before: Number, free: Number, days: Number) -> Number:
        """A straight course from before to free; while above the ceiling, 1/day of what is above is taken away."""

        def safe(chosen: Number, x: Number, otherwise: float) -> Number:
            return self.xp.where(chosen, x, otherwise)

        slope, above = (free - before) / days, before - ceiling
        rises = (above < 0) & (free > ceiling)
        rising = safe(rises, slope, 1.0)
        through = ceiling - rising * self.xp.expm1(-(days + safe(rises, above, 0.0) / rising))
        end = above * self.xp.exp(-days) - slope * self.xp.expm1(-days)
        falls = (above >= 0) & (end < 0)
        falling = safe(falls, slope, -1.0)
        out = ceiling + falling * (days - self.xp.log1p(-safe(falls, above, 0.0) / falling))
        stays = self.xp.where(above >= 0, ceiling + end, free)
        return self.xp.where(rises, through, self.xp.where(falls, out, stays))

    def pass_gap(self, t: dict[str, Number], s: State, gap: Gap) -> tuple[State, Number]:
        """The belief at the end of a gap, and the variance of the milk that the gap left to chance."""
        f50, n, storage = t["HalfFullness"], t["Steepness"], 2 * t["Storage"]
        wander = gap.kept * s.wander
        p_mw = gap.kept * s.p_mw
        p_ww = gap.kept**2 * s.p_ww + t["DaySd"] ** 2 * gap.gained
        rhythm = 1 + t["Cosine"] * gap.cosine + t["Sine"] * gap.sine
        made = 2 * t["Capacity"] * self.xp.exp(s.ln_capacity + wander) * gap.hours * rhythm
        y = made / storage
        f1, begins = self.rounded(s.milk / storage, 0.02)
        f2 = self.filled(t, f1, y)
        power1, power2 = (f1 / f50) ** n, (f2 / f50) ** n
        to_milk, to_wander = begins * (1 + power1) / (1 + power2), made / (1 + power2)
        fresh = (t["GapSd"] * to_wander) ** 2 / 2
        p_mm = to_milk**2 * s.p_mm + 2 * to_milk * to_wander * p_mw + to_wander**2 * p_ww + fresh
        p_mw = to_milk * p_mw + to_wander * p_ww
        psi1, psi2 = (f * f * (0.5 + p / (n + 2)) for f, p in ((f1, power1), (f2, power2)))
        mean = self.xp.minimum(self.xp.maximum((psi2 - psi1) / y, f1), f2)
        memory, ln_capacity = self.remembered(t, s, mean, gap.hours)
        milk = storage * self.leaked(t, f1, f2, y, gap.hours)
        return State(milk, wander, p_mm, p_mw, p_ww, memory, ln_capacity, s.ll), fresh

    def remembered(self, t: dict[str, Number], s: State, mean: Number, hours: Number) -> tuple[Number, Number]:
        """Remembered fullness and ln C/C0 at the end of a gap."""
        days, x = hours / 24, hours / t["MemoryH"]
        mean_memory = mean - (s.memory - mean) * self.xp.expm1(-x) / x
        retention = RETENTION_PER_DAY * self.logistic((mean_memory - 0.9) / 0.05)
        drive = t["Gain"] * (t["SetFullness"] - mean_memory) - retention
        held = self.xp.exp(-t["Return"] * days)
        free = s.ln_capacity * held + drive * (1 - held) / t["Return"]
        ln_capacity = self.below_ceiling(self.xp.log(t["Ceiling"]), s.ln_capacity, free, days)
        return mean + (s.memory - mean) * self.xp.exp(-x), ln_capacity

    def cdf(self, x: Number) -> Number:
        """Distribution function of Student's t with 4 degrees of freedom, without cancellation in its lower tail."""
        root = self.xp.sqrt(4 + x * x)
        lower = 4 / (root * (root + self.xp.abs(x)))
        one_plus = self.xp.where(x < 0, lower, 2 - lower)
        return one_plus**2 * (3 - one_plus) / 4

    def deviations(self, residual: Number, up: Number, down: Number) -> tuple[Number, Number, Number]:
        """How many deviations a residual stands away, and its first two slopes; from variances up and down."""
        per_up, per_down = 1 / self.xp.sqrt(up), 1 / self.xp.sqrt(down)
        steep, lean = (per_up + per_down) / 2, (per_up - per_down) / 2
        corner = 1 / steep
        root = self.xp.sqrt(residual * residual + corner * corner)
        z = steep * residual + lean * (root - corner)
        return z, steep + lean * residual / root, lean * corner**2 / root**3

    def log_likelihood(
        self,
        residual: Number,
        spread: tuple[Number, Number],
        ml: Number,
        step_ml: Number,
    ) -> Number:
        upper, _, _ = self.deviations(residual + step_ml / 2, *spread)
        lower, _, _ = self.deviations(residual - step_ml / 2, *spread)
        # Seen from the nearer tail, where the difference of the two does not cancel.
        is_above = residual > 0
        near, far = self.xp.where(is_above, -lower, upper), self.xp.where(is_above, -upper, lower)
        read = self.xp.log(self.cdf(near) - self.cdf(far))
        return self.xp.where(ml <= 0, self.xp.log(self.cdf(upper)), read)

    def taken(self, t: dict[str, Number], z: int) -> Number:
        """The share that a session takes, z of its deviations above its median."""
        level = self.logistic(t["PumpShare"] + t["SessionSd"] * (z / np.sqrt(2)))
        return MOST - self.rounded(MOST - level, 0.02)[0]

    def remove(
        self,
        t: dict[str, Number],
        s: State,
        fresh: Number | float,
        ml: Number,
        step_ml: Number,
    ) -> State:
        """The belief behind a removal; a volume below 0 stands for none."""
        storage = 2 * t["Storage"]
        reach, within = self.rounded(s.milk / storage - t["OutOfReach"], 0.01)
        low, share, high = (self.taken(t, z) for z in (-2, 0, 2))
        slope, expected = share * within, share * storage * reach
        up, down = ((strays / 2 * storage * reach) ** 2 for strays in (high - share, share - low))
        is_read = ml >= 0
        known = slope**2 * (0.8 * (s.p_mm - fresh) + fresh)
        spread = (known + up, known + down)
        residual = self.xp.where(is_read, ml - expected, 0.0)
        z, _, _ = self.deviations(residual, *spread)
        odd = (4 + z * z / (1 + z * z / 900)) / 5
        error = step_ml**2 / 12

        def moved(by: Number) -> tuple[Number, Number, tuple[Number, Number]]:
            p = s.p_mm + (by - 1) * fresh
            strays = [slope**2 * p + by * n + error for n in (up, down)]
            return p, slope * p + error, self.deviations(residual, *strays)

        k_w = slope * s.p_mw
        _, k_m, (z, rise, bend) = moved(odd)
        pull = self.xp.where(is_read, z * rise - bend / rise, 0.0)
        on_average = expected + 0.4 * (high + low - 2 * share) / 2 * storage * reach
        milk = s.milk + pull * k_m - self.xp.where(is_read, ml, on_average)
        p_mm, k_m, (_, rise, _) = moved(1.5 * odd)
        tell = self.xp.where(is_read, rise**2, 0.0)
        # Where nothing was read, what is taken on average is.
        left = self.xp.where(is_read, 1.0, 1 - slope)
        unread = left**2 * s.p_mm + 1.5 * ((high - low) / 4 * storage * reach) ** 2
        ll = self.xp.where(is_read, self.log_likelihood(residual, spread, ml, step_ml), 0.0)
        return State(
            milk,
            s.wander + pull * k_w,
            self.xp.where(is_read, p_mm + error - tell * k_m**2, unread),
            left * s.p_mw - tell * k_m * k_w,
            s.p_ww - tell * k_w**2,
            s.memory,
            s.ln_capacity,
            s.ll + ll,
        )

    def first(self, t: dict[str, Number]) -> State:
        storage, zero = 2 * t["Storage"], 0 * t["Storage"]
        variance = (0.25 * storage) ** 2
        begun = (0.55 * storage, zero, variance, zero, zero + 0.02**2)
        return State(*begun, t["SetFullness"], t["Start"], zero)

    def begun(self, t: dict[str, Number], log: Log) -> State:
        """The belief behind the first session."""
        ml, step_ml = np.nan_to_num(log.ml, nan=-1.0)[0], log.step_ml[0]
        return self.remove(t, self.first(t), 0.0, ml, step_ml)

    def next(self, t: dict[str, Number], state: State, row: Sequence[Number]) -> State:
        """The belief behind the next session."""
        behind, fresh = self.pass_gap(t, state, Gap(*row[:5]))
        return self.remove(t, behind, fresh, row[5], row[6])


def columns(log: Log) -> list[np.ndarray]:
    """For every session but the first: the gap ahead of it, its volume (-1 where none was read) and its step."""
    begins, ends = log.hour[:-1], log.hour[1:]
    hours = ends - begins
    cosine = (np.sin(OMEGA * ends) - np.sin(OMEGA * begins)) / (OMEGA * hours)
    sine = (np.cos(OMEGA * begins) - np.cos(OMEGA * ends)) / (OMEGA * hours)
    kept = np.exp(-BACK_PER_DAY * hours / 24)
    gained = (1 - kept**2) / (2 * BACK_PER_DAY)
    return [hours, cosine, sine, kept, gained, np.nan_to_num(log.ml, nan=-1.0)[1:], log.step_ml[1:]]
