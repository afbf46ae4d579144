"""Percentiles, and what processes hold and use."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

import psutil


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and mean, in milliseconds."""
    ordered = sorted(1000 * one for one in seconds)
    at = min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    return {
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[at], 2),
        "mean": round(statistics.fmean(ordered), 2),
    }


def memory_mb(pid: int) -> dict[str, float]:
    """Resident and proportional memory of a process and its children, in MB."""
    processes = _with_children(pid)
    return {
        "rss": round(sum(one.memory_info().rss for one in processes) / 1e6, 1),
        "pss": round(sum(one.memory_full_info().pss for one in processes) / 1e6, 1),
    }


def cpu_s(pids: Iterable[int]) -> float:
    """CPU seconds (user and system) that processes and their children have used."""
    return sum(sum(one.cpu_times()[:2]) for pid in pids for one in _with_children(pid))


def _with_children(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def table(rows: Sequence[Sequence[object]], head: Sequence[str]) -> str:
    """A table in Markdown."""
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(str(cell) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)
