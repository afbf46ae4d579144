"""What can be known of deploy/ without an engine: the files are valid, and name only what there is."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import crossplane
import kubernetes_validate
import promql_parser
import pytest
import yaml
from prometheus_client import REGISTRY

import bot.metrics  # noqa: F401 - its metrics are registered by importing it
from bot import __version__
from bot.settings import PREFIX, Settings, load
from bot.wiring.roles import ROLES
from tests.deploy.deployed import (
    DEPLOY,
    MANIFESTS,
    METRIC,
    ROOT,
    alerts,
    compose,
    containers,
    documents,
    metrics_of,
    panels,
)

DEPLOYED_ROLES = set(ROLES) - {"sandbox"}


@pytest.mark.parametrize("version", ["1.29", "1.37"])
@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_manifests_are_valid_kubernetes(path: Path, version: str) -> None:
    """No field is misspelt, none has the wrong type."""
    for document in documents(path):
        kubernetes_validate.validate(document, version, strict=True)


def test_kustomization_names_every_manifest() -> None:
    """Nothing is left out when the folder is applied, but what is for once."""
    named = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yml").read_text())["resources"]
    assert sorted(named) == sorted(path.name for path in MANIFESTS if path.parent.name != "once")


def test_every_role_is_deployed_and_no_other() -> None:
    """In compose and in Kubernetes; the sandbox is for demos."""
    ran: dict[str, set[str]] = {"compose": set(), "kubernetes": set()}
    for one in containers():
        if one.command[0] == "run":
            ran["compose" if one.where.startswith("compose") else "kubernetes"].add(one.command[1])
    assert ran == {"compose": DEPLOYED_ROLES, "kubernetes": DEPLOYED_ROLES}


def test_every_setting_named_exists() -> None:
    """A misspelt variable would silently do nothing."""
    known = {
        f"{PREFIX}{section.name}_{item.name}".upper()
        for section in dataclasses.fields(Settings)
        for item in dataclasses.fields(_section(section.name))
    }
    text = "\n".join(path.read_text() for path in DEPLOY.rglob("*") if path.is_file())
    named = {name.removesuffix("_FILE") for name in re.findall(r"\bGIFTBOT_[A-Z0-9_]+[A-Z0-9]\b", text)}
    assert named - known == set()


def _section(name: str) -> type:
    import typing

    return typing.get_type_hints(Settings)[name]  # type: ignore[no-any-return]


def test_both_ways_give_redis_the_same_durability() -> None:
    """What promises X its 200."""
    of_manifests = next(one for one in documents(DEPLOY / "kubernetes" / "redis.yml") if one["kind"] == "ConfigMap")

    def directives(text: str) -> list[str]:
        return [line for line in text.splitlines() if line and not line.startswith("#")]

    plain = directives((DEPLOY / "redis" / "redis.conf").read_text())
    assert plain == directives(of_manifests["data"]["redis.conf"])
    assert {"appendonly yes", "appendfsync always", "maxmemory-policy noeviction"} <= set(plain)


def test_redis_says_no_before_its_container_is_killed() -> None:
    """A log being written anew needs as much again as what changes meanwhile: more than a third is left for it."""
    text = (DEPLOY / "redis" / "redis.conf").read_text()
    maxmemory = int(re.findall(r"^maxmemory (\d+)mb$", text, re.MULTILINE)[0]) << 20
    [stateful] = [one for one in documents(DEPLOY / "kubernetes" / "redis.yml") if one["kind"] == "StatefulSet"]
    [container] = stateful["spec"]["template"]["spec"]["containers"]
    limits = {
        container["resources"]["limits"]["memory"],
        compose()["services"]["redis"]["deploy"]["resources"]["limits"]["memory"],
    }
    assert limits == {"4Gi", "4G"}, "Docker's G is 1024 MiB too"
    assert 0.5 <= maxmemory / (4 << 30) <= 0.7


def test_secrets_are_files_nobody_has_committed() -> None:
    """Compose reads each from deploy/secrets, which git ignores."""
    files = [secret["file"] for secret in compose()["secrets"].values()]
    assert all(file.startswith("./secrets/") for file in files)
    tracked = subprocess.run(["git", "ls-files", "deploy/secrets"], cwd=ROOT, capture_output=True, text=True)
    assert tracked.stdout == ""


def test_nginx_configuration_parses() -> None:
    """By nginx' own grammar; test_nginx_front.py runs it."""
    parsed = crossplane.parse(str(DEPLOY / "nginx" / "nginx.conf"))
    assert parsed["status"] == "ok", parsed["errors"]


@pytest.mark.parametrize("alert", alerts(), ids=lambda one: one["alert"])
def test_alerts_ask_for_metrics_there_are(alert: dict[str, object]) -> None:
    """Each parses as PromQL, says what to do, and points into the runbook."""
    assert metrics_of(str(alert["expr"])) <= _exposed()
    annotations = alert["annotations"]
    assert isinstance(annotations, dict)
    anchor = annotations["runbook"].removeprefix("docs/runbook.md#")
    assert f"\n## {anchor.replace('-', ' ')}\n" in (ROOT / "docs" / "runbook.md").read_text().lower()
    assert annotations["summary"]


@pytest.mark.parametrize("panel", panels(), ids=lambda one: str(one["title"]))
def test_panels_ask_for_metrics_there_are(panel: dict[str, object]) -> None:
    """A panel of a metric that was renamed would stay empty for ever."""
    targets = panel["targets"]
    assert isinstance(targets, list)
    assert targets
    for target in targets:
        assert metrics_of(target["expr"].replace("$__rate_interval", "5m")) <= _exposed()


def _exposed() -> set[str]:
    names: set[str] = set()
    for metric in REGISTRY.collect():
        if metric.name.startswith("giftbot"):
            suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(metric.type, ("",))
            names |= {metric.name + suffix for suffix in suffixes}
    return names


def test_the_edge_image_pins_what_the_whole_pins() -> None:
    """Two images of one release must not run two versions of a library."""

    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text()
        return set(re.findall(r"^([A-Za-z0-9._-]+==\S+)", text, re.MULTILINE))

    assert pins("edge.txt") - pins("run.txt") == set()


def test_the_image_copies_what_there_is() -> None:
    """Each COPY of the Dockerfile from the repository finds its source."""
    text = (DEPLOY / "docker" / "Dockerfile").read_text()
    copied = [line.split()[1:-1] for line in text.splitlines() if line.startswith("COPY") and "--from" not in line]
    for source in [source for sources in copied for source in sources]:
        assert (ROOT / source).exists(), source


def test_images_carry_the_package_s_version() -> None:
    """What runs can be told from what is written."""
    tags = {one.image.partition(":")[2] for one in containers()}
    assert tags == {__version__}


def test_every_secret_has_an_owner_in_the_readme() -> None:
    """Files of the machine's user are read by no image; each is named where its owner is set."""
    text = (DEPLOY / "README.md").read_text()
    owned = re.findall(r"deploy/secrets/([a-z_*]+)", "\n".join(re.findall(r"^sudo chown .*$", text, re.MULTILINE)))
    for name in compose()["secrets"]:
        assert any(fnmatch(name, pattern) for pattern in owned), name


def test_nginx_lets_pass_what_departments_may_send(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that the interface takes is not refused before it."""
    monkeypatch.setenv("GIFTBOT_X_ACCOUNT_ID", "1")
    monkeypatch.setenv("GIFTBOT_X_CONSUMER_SECRET", "only-for-this-test")
    text = (DEPLOY / "nginx" / "giftbot.conf").read_text()
    sizes = [int(size) << 20 for size in re.findall(r"client_max_body_size\s+(\d+)m;", text)]
    assert sizes == [load().departments.max_body_bytes]


def _asked(node: promql_parser.Expr) -> Iterator[tuple[str, str]]:
    """Each (metric, comparison it stands on the left of) in an expression."""
    if isinstance(node, promql_parser.BinaryExpr):
        for metric in METRIC.findall(str(node.lhs)):
            yield metric, str(node.op)
        yield from _asked(node.lhs)
        yield from _asked(node.rhs)
    elif isinstance(node, promql_parser.ParenExpr):
        yield from _asked(node.expr)


@pytest.mark.parametrize("alert", alerts(), ids=lambda one: one["alert"])
def test_no_alert_rings_on_a_counter_at_0(alert: dict[str, str]) -> None:
    """Every role exposes every counter; gauges are exposed by whom they are told (test_gauges_untold.py)."""
    counters = {f"{metric.name}_total" for metric in REGISTRY.collect() if metric.type == "counter"}
    compared = {op for metric, op in _asked(promql_parser.parse(alert["expr"])) if metric in counters}
    assert not compared & {"==", "<", "<=", ">=", "!="}


def test_each_role_that_is_gone_rings() -> None:
    """A process that is not there at all has no `up` that could be 0."""
    [missing] = [one for one in alerts() if one["alert"] == "RoleMissing"]
    assert set(re.findall(r'role="([a-z]+)"', missing["expr"])) == DEPLOYED_ROLES


def test_alerts_ring_when_they_should_and_only_then() -> None:
    """Evaluated by Prometheus' own tool, where it is installed (Debian's package prometheus has it)."""
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not on the PATH; the tests of counters and gauges at 0 remain")
    told = subprocess.run(
        [promtool, "test", "rules", str(ROOT / "tests" / "deploy" / "alerts_test.yml")], capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_nginx_asks_for_names_again() -> None:
    """A name written into proxy_pass is looked up once, at the start: a container replaced would never be found."""
    text = (DEPLOY / "nginx" / "giftbot.conf").read_text()
    targets = re.findall(r"proxy_pass\s+(\S+);", text)
    assert len(targets) == 2
    assert all(target.startswith("http://$") for target in targets)
    assert re.search(r"^resolver \S+ valid=\d+s", text, re.MULTILINE)


def test_nginx_and_the_ingress_let_x_through_at_the_peak() -> None:
    """X calls from few addresses: 190 messages a second and an echo of each answer may be of one (docs/scale.md)."""
    text = (DEPLOY / "nginx" / "giftbot.conf").read_text()
    [rate] = re.findall(r"zone=webhooks:\S+ rate=(\d+)r/s", text)
    [ingress] = documents(DEPLOY / "kubernetes" / "ingress.yml")
    assert int(rate) >= 2 * 190
    assert ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/limit-rps"] == rate


def test_only_roles_that_read_the_catalogue_hold_it() -> None:
    """A role that needs no catalogue must not be the first to make its volume, nor see what shoppers do."""
    holding = {
        name
        for name, service in compose()["services"].items()
        if any(str(one).startswith("catalog:") for one in service.get("volumes", ()))
    }
    assert holding == {"actions", "dialogue", "pull"}
