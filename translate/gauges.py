"""What a running job uses of the machine: memory of the host, work and memory of the GPUs."""

from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Usage:
    """A look at the gauges.

    Attributes:
        host_bytes: memory of this process that is resident.
        gpu_percent: share of the last moment in which the busiest GPU worked; None without a GPU.
        gpu_bytes: memory in use on all GPUs together, of all processes; None without a GPU.
    """

    host_bytes: int
    gpu_percent: int | None = None
    gpu_bytes: int | None = None


def usage() -> Usage:
    """What is used now; a gauge that cannot be read is left out, never an error."""
    import psutil

    host = int(psutil.Process().memory_info().rss)
    percents, used = [], []
    for gpu in gpus():
        try:
            percents.append(int(library().nvmlDeviceGetUtilizationRates(gpu).gpu))
            used.append(int(library().nvmlDeviceGetMemoryInfo(gpu).used))
        except library().NVMLError:
            continue
    return Usage(host, max(percents, default=None), sum(used) if used else None)


@cache
def gpus() -> tuple[Any, ...]:
    """Handles of the GPUs that the driver knows; none without a driver."""
    nvml = library()
    try:
        nvml.nvmlInit()
        return tuple(
            nvml.nvmlDeviceGetHandleByIndex(index) for index in range(nvml.nvmlDeviceGetCount())
        )
    except nvml.NVMLError:
        return ()


@cache
def library() -> Any:
    """The bindings of NVIDIA's management library."""
    import pynvml

    return pynvml


def names() -> list[str]:
    """What the GPUs are called."""
    found = []
    for gpu in gpus():
        try:
            found.append(str(library().nvmlDeviceGetName(gpu)))
        except library().NVMLError:
            continue
    return found
