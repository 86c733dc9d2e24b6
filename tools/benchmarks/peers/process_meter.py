"""Clocks and memory of this process; the twin of src/speed/process-meter.ts."""

import os
import resource
import statistics
import sys
import time

REPEAT_FOR = 0.25  # seconds, see repeatMs in src/speed/process-meter.ts
QUIET_CORES = 0.2


def timed(work):
    """What the work returns, and its CPU and wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.process_time() - cpu, time.perf_counter() - wall


def repeated(work, first):
    """Medians of CPU and wall seconds of the first run and of as many more as fit into REPEAT_FOR."""
    runs = [first]
    while sum(wall for _, wall in runs) < REPEAT_FOR:
        runs.append(timed(work)[1:])
    return statistics.median(cpu for cpu, _ in runs), statistics.median(wall for _, wall in runs)


def forget_peak():
    """Lets the peak count from now on, where the system can."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        pass  # then the peak is that of the whole process: it can only be too high


def resident_mb():
    return _status_mb("VmRSS:") or _peak_by_getrusage()


def peak_mb():
    return _status_mb("VmHWM:") or _peak_by_getrusage()


def _peak_by_getrusage():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def _status_mb(field):
    try:
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith(field))
    except OSError:
        return None


def busy_seconds():
    """CPU seconds all cores together have been busy since boot; None where the system does not tell."""
    try:
        with open("/proc/stat") as file:
            user, nice, system, _idle, _wait, irq, softirq, steal = map(int, file.readline().split()[1:9])
    except OSError:
        return None
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def wait_until_quiet(seconds):
    """Waits, for so long at most, for a second in which all cores together were hardly busy."""
    end = time.monotonic() + seconds
    while busy_seconds() is not None and time.monotonic() < end:
        before = busy_seconds()
        time.sleep(1)
        if busy_seconds() - before < QUIET_CORES:
            return
