"""Sums of independent numbers of days: convolutions by Fourier transform.

`scipy.signal` has one as well. It takes 50 MB and half a second to load, in every process and for every command.
"""

from __future__ import annotations

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from playbooks.funnel.histogram import Floats


def convolved(one: Floats, other: Floats) -> Floats:
    """The full convolution along the last axis; the axes before it are broadcast. Tiny values may be negative."""
    length = one.shape[-1] + other.shape[-1] - 1
    size = next_fast_len(length, real=True)
    both = irfft(rfft(one, size, axis=-1) * rfft(other, size, axis=-1), size, axis=-1)
    return np.asarray(both[..., :length], dtype=np.float64)
