"""The manifests, read against what they speak of: settings, image, routes, one another and the readme.

Their shape was tried with `kubernetes-validate --strict`; this looks at what no schema knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from tests.deploy.test_image import instructions
from tests.town.live.running import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
README = (ROOT / "deploy" / "README.md").read_text()
KUSTOMIZATION: dict[str, Any] = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
OBJECTS: list[dict[str, Any]] = [
    thing for name in KUSTOMIZATION["resources"] for thing in yaml.safe_load_all((FOLDER / name).read_text())
]


def of(kind: str) -> dict[str, dict[str, Any]]:
    """Objects of this kind by name."""
    return {thing["metadata"]["name"]: thing for thing in OBJECTS if thing["kind"] == kind}


PODS: dict[str, dict[str, Any]] = {
    "shouxin": of("Deployment")["shouxin"]["spec"]["template"],
    "backup": of("CronJob")["backup"]["spec"]["jobTemplate"]["spec"]["template"],
}
SHOUXIN = PODS["shouxin"]["spec"]["containers"][0]
UID = next(words[words.index("--uid") + 1] for words in instructions("RUN") if "--uid" in words)
PORT = int(instructions("EXPOSE")[0][0])
both = pytest.mark.parametrize("name", list(PODS))


def test_every_manifest_is_applied() -> None:
    listed = {"kustomization.yaml", *KUSTOMIZATION["resources"]}
    assert {path.name for path in FOLDER.iterdir()} == listed
    names = [(thing["kind"], thing["metadata"]["name"]) for thing in OBJECTS]
    assert len(names) == len(set(names))


def test_the_settings_exist_and_are_accepted(tmp_path: Path) -> None:
    given = of("ConfigMap")["settings"]["data"]
    key = tmp_path / "secret_key"
    key.write_text("k" * 48)
    fields = {name.lower(): value for name, value in given.items()} | {"secret_key_file": key}
    assert set(fields) <= set(Settings.model_fields)
    settings = Settings(_env_file=None, mongodb_uri="mongodb://db/?replicaSet=rs0", **fields)
    assert str(settings.data_dir) in {mount["mountPath"] for mount in SHOUXIN["volumeMounts"]}
    assert settings.http_port == PORT


@both
def test_no_secret_stands_in_an_environment_and_each_is_made_by_the_readme(name: str) -> None:
    pod = PODS[name]["spec"]
    (container,) = pod["containers"]
    assert "env" not in container
    assert container["envFrom"] == [{"configMapRef": {"name": "settings"}}]
    read = [word.split(")")[0] for word in container["args"][0].split("/run/secrets/shouxin/")[1:]]
    read.append(of("ConfigMap")["settings"]["data"]["SECRET_KEY_FILE"].rpartition("/")[2])
    assert all(f"--from-file={file}=" in README for file in read)
    (secret,) = (volume["secret"] for volume in pod["volumes"] if "secret" in volume)
    assert f"create secret generic {secret['secretName']} " in README
    assert secret["defaultMode"] == 0o440


@both
def test_it_runs_what_the_image_holds_as_the_images_user_with_nothing_to_spare(name: str) -> None:
    pod = PODS[name]["spec"]
    (container,) = pod["containers"]
    assert container["image"] == KUSTOMIZATION["images"][0]["name"]
    environment = dict(pair.split("=", 1) for words in instructions("ENV") for pair in words)
    assert of("ConfigMap")["settings"]["data"]["DATA_DIR"] == environment["DATA_DIR"]
    runs = container["args"][0].strip().rpartition("exec ")[2]
    copied = {words[-1] for words in instructions("COPY")}
    start = " ".join([*instructions("ENTRYPOINT")[0], *instructions("CMD")[0]])
    started = start.replace("[", "").replace("]", "").replace(",", "")
    assert runs == started or runs.split()[1] in copied
    assert str(pod["securityContext"]["runAsUser"]) == UID
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]
    assert container["resources"]["requests"]["memory"]


@both
def test_what_is_mounted_is_there_and_nothing_in_plain_reaches_a_disk(name: str) -> None:
    pod = PODS[name]["spec"]
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    mounted = {mount["name"]: mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]}
    assert set(mounted) == set(volumes)
    claims = [one.get("persistentVolumeClaim", {}).get("claimName") for one in volumes.values()]
    assert set(claims) - {None} <= set(of("PersistentVolumeClaim"))
    assert volumes["tmp"]["emptyDir"]["medium"] == "Memory"
    assert all(one["emptyDir"].get("sizeLimit") for one in volumes.values() if "emptyDir" in one)
    named = re.findall(r"(/[\w/]+?)(?:/\w+\)|\s)", pod["containers"][0]["args"][0])
    assert set(named) <= set(mounted.values())


def test_probes_ask_the_process_at_its_port() -> None:
    assert SHOUXIN["ports"] == [{"name": "http", "containerPort": PORT}]
    asked = {kind: SHOUXIN[kind]["httpGet"] for kind in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert {probe["port"] for probe in asked.values()} == {"http"}
    assert asked["readinessProbe"]["path"] == "/readyz"
    assert asked["livenessProbe"]["path"] == "/healthz"
    assert of("Service")["shouxin"]["spec"]["ports"][0]["targetPort"] == "http"


def test_several_instances_stand_and_enough_of_them_stay() -> None:
    deployment = of("Deployment")["shouxin"]["spec"]
    stay = of("PodDisruptionBudget")["shouxin"]["spec"]
    assert 1 < stay["minAvailable"] < deployment["replicas"]
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    for selects in (deployment["selector"], stay["selector"]):
        assert selects["matchLabels"] == PODS["shouxin"]["metadata"]["labels"]
    assert of("Service")["shouxin"]["spec"]["selector"] == PODS["shouxin"]["metadata"]["labels"]


def test_nobody_talks_to_anybody_but_for_what_is_named() -> None:
    policies = of("NetworkPolicy")
    assert policies["nobody"]["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    assert {port for _, port in _ports(policies, "ingress")} == {PORT}
    assert {port for _, port in _ports(policies, "egress")} == {53, 27017, 443}
    labels = {pod["metadata"]["labels"]["app"] for pod in PODS.values()}
    assert labels == set(policies["database"]["spec"]["podSelector"]["matchExpressions"][0]["values"])
    (way_out,) = policies["outside"]["spec"]["egress"]
    assert "169.254.0.0/16" in way_out["to"][0]["ipBlock"]["except"]


def _ports(policies: dict[str, dict[str, Any]], way: str) -> Iterator[tuple[str, int]]:
    for name, policy in policies.items():
        for rule in policy["spec"].get(way, ()):
            yield from ((name, port["port"]) for port in rule["ports"])


def test_a_copy_is_made_every_night_and_one_at_a_time() -> None:
    spec = of("CronJob")["backup"]["spec"]
    assert spec["concurrencyPolicy"] == "Forbid"
    minute, hour, *days = spec["schedule"].split()
    assert (minute.isdigit(), hour.isdigit(), days) == (True, True, ["*", "*", "*"])
