"""A Redis Cluster of our own on loopback: masters with their replicas, killed and started again one by one."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
import redis

from tests.integration.redis_server import redis_server_path

SLOTS = 16384
START_S = 20
NODE_TIMEOUT_MS = 1500


@dataclass
class _Node:
    port: int
    folder: Path
    server: subprocess.Popen[bytes] | None = None

    def client(self) -> Any:
        return redis.Redis(port=self.port, socket_timeout=2, socket_connect_timeout=2)


class RedisCluster:
    """Append-only with every write synced, as production is set up; a context manager."""

    def __init__(self, masters: int = 3, replicas: int = 1) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="gbc"))
        self._masters = masters
        self._replicas = replicas  # of each master
        self._nodes = [_Node(port, self._folder / str(port)) for port in _free_ports((1 + replicas) * masters)]
        self.url = "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self._nodes)

    def __enter__(self) -> RedisCluster:
        try:
            for node in self._nodes:
                node.folder.mkdir()
                self._start(node)
            self._join()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def ports(self) -> list[int]:
        """Of all nodes."""
        return [node.port for node in self._nodes]

    def cut_off(self, master: int) -> None:
        """Break the link of a master's replicas; one that stands still cannot mend it."""
        with self._at(master).client() as client:
            client.execute_command("CLIENT", "KILL", "TYPE", "replica")

    def master_of(self, key: str) -> int:
        """The port of the node that has a key now."""
        for node in self._nodes:
            if node.server is None:
                continue
            with node.client() as client:
                slot = int(_raw(client, "CLUSTER", "KEYSLOT", key))
                for first, last, (_, port, *_), *_ in _slots(client):
                    if first <= slot <= last:
                        return int(port)
        raise AssertionError("no node has this key")

    def kill(self, port: int) -> None:
        """kill -9 one node, in the middle of whatever it does."""
        node = self._at(port)
        assert node.server is not None
        node.server.kill()
        node.server.wait(10)
        node.server = None

    def replica_of(self, port: int) -> int:
        """The port of the node that follows a master."""
        for node in self._nodes:
            with node.client() as client:
                about = client.info("replication")
            if about["role"] == "slave" and about["master_port"] == port:
                return node.port
        raise AssertionError("no node follows this one")

    def hold(self, port: int, *, still: bool) -> None:
        """Let a node stand still, as if its machine had no time, or go on."""
        node = self._at(port)
        assert node.server is not None
        node.server.send_signal(signal.SIGSTOP if still else signal.SIGCONT)

    def start(self, port: int) -> None:
        """Start a killed node again on what it kept; it joins the others by itself."""
        self._start(self._at(port))

    def until_taken_over(self, port: int) -> None:
        """Return when all who run know another master than this one for what it had."""

        def taken() -> bool:
            for node in self._nodes:
                if node.server is not None:
                    with node.client() as client:
                        slots = _slots(client)
                    if any(master[1] == port for _, _, master, *_ in slots) or len(slots) != self._masters:
                        return False
            return True

        _until(taken, START_S, "no replica took over")

    def until_healthy(self, seconds: float = START_S) -> None:
        """Return when every slot has a master, and every master that runs a replica it keeps up to date."""
        _until(self._is_healthy, seconds, "the cluster is not healthy")

    def _at(self, port: int) -> _Node:
        return next(node for node in self._nodes if node.port == port)

    def _start(self, node: _Node) -> None:
        node.server = subprocess.Popen(
            [
                redis_server_path(), "--port", str(node.port), "--bind", "127.0.0.1", "--dir", str(node.folder),
                "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf",
                "--cluster-node-timeout", str(NODE_TIMEOUT_MS), "--cluster-require-full-coverage", "no",
                "--cluster-replica-validity-factor", "0", "--repl-diskless-sync", "yes",
                "--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1",
                "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction",
                "--maxmemory", "2gb",
                "--logfile", str(node.folder / "redis.log"),
            ],
            stdin=subprocess.DEVNULL,
        )  # fmt: skip

        def answers() -> bool:
            with node.client() as client:
                return bool(client.ping())

        _until(answers, START_S, "a node does not answer")

    def _join(self) -> None:
        """What redis-cli --cluster create does."""
        masters, replicas = self._nodes[: self._masters], self._nodes[self._masters :]
        masters = masters * self._replicas
        ids = {}
        share = SLOTS // self._masters
        for number, node in enumerate(self._nodes):
            with node.client() as client:
                client.execute_command("CLUSTER SET-CONFIG-EPOCH", number + 1)
                ids[node.port] = client.execute_command("CLUSTER MYID")
                if number < self._masters:
                    last = SLOTS if number == self._masters - 1 else share * (number + 1)
                    client.execute_command("CLUSTER ADDSLOTS", *range(share * number, last))
        with self._nodes[0].client() as client:
            for node in self._nodes[1:]:
                client.execute_command("CLUSTER MEET", "127.0.0.1", node.port)
        for node, master in zip(replicas, masters, strict=True):

            def replicates(node: _Node = node, master: _Node = master) -> bool:
                # refused until the two have met
                with node.client() as client:
                    return bool(client.execute_command("CLUSTER REPLICATE", ids[master.port]))

            _until(replicates, START_S, "a replica does not know its master")
        self.until_healthy()

    def _is_healthy(self) -> bool:
        running = [node for node in self._nodes if node.server is not None]
        for node in running:
            with node.client() as client:
                if b"cluster_state:ok" not in _raw(client, "CLUSTER", "INFO"):
                    return False
                about = client.info("replication")
                slots = _slots(client)
                if sum(last - first + 1 for first, last, *_ in slots) != SLOTS:
                    return False
                if len(slots) != self._masters:
                    return False
                if about["role"] == "slave" and about["master_link_status"] != "up":
                    return False
                if about["role"] == "master" and len(running) == len(self._nodes):
                    states = [about.get(f"slave{n}", {}).get("state") for n in range(about["connected_slaves"])]
                    if states != ["online"] * self._replicas:
                        return False
        return True

    def _end(self) -> None:
        for node in self._nodes:
            if node.server is not None:
                node.server.kill()
                node.server.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)


def _slots(client: Any) -> list[Any]:
    return list(_raw(client, "CLUSTER", "SLOTS"))


def _raw(client: Any, *words: str) -> Any:
    """Redis' own answer, before redis-py makes something of it."""
    connection = client.connection_pool.get_connection()
    try:
        connection.send_command(*words)
        return connection.read_response()
    finally:
        client.connection_pool.release(connection)


def _until(holds: Any, seconds: float, wrong: str) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return
        except (redis.RedisError, OSError):
            pass
        time.sleep(0.03)
    pytest.fail(wrong)


def _free_ports(count: int) -> list[int]:
    """Ports that are free now, and free ten thousand higher, where Redis listens for the other nodes."""
    ports: list[int] = []
    while len(ports) < count:
        with socket.socket() as one, socket.socket() as bus:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            port = port - 10_000 if port > 55_000 else port
            try:
                bus.bind(("127.0.0.1", port + 10_000))
            except OSError:
                continue
            if port not in ports:
                ports.append(port)
    return ports
