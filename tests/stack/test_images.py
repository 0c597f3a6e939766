"""The images and the files that build them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from job.config import ROOT
from tests.stack.conftest import Stack

LARGEST = 1_050_000_000
HADOLINT = Path(sys.executable).with_name("hadolint")


def test_the_dockerfile_passes_hadolint() -> None:
    """The linter reports nothing."""
    done = subprocess.run([HADOLINT, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_compose_file_has_no_warning(project: Stack) -> None:
    """`docker compose config` prints nothing."""
    done = project.run("docker", "compose", "config", "--quiet")
    assert (done.stdout, done.stderr) == ("", "")


def test_the_documented_override_uses_external_servers(project: Stack, tmp_path: Path) -> None:
    """With an external PostgreSQL and MLflow the job depends only on its passwords."""
    document = (ROOT / "docs" / "stack.md").read_text()
    override = tmp_path / "docker-compose.override.yml"
    blocks = re.findall(r"```yaml\n(services:.*?)```", document, re.DOTALL)
    (external,) = [block for block in blocks if "PGHOST" in block]
    override.write_text(external)
    files = ("-f", "docker-compose.yml", "-f", str(override))
    job = json.loads(project.compose(*files, "config", "--format", "json"))["services"]["job"]
    assert job["depends_on"].keys() == {"passwords"}
    assert job["environment"]["PGHOST"] == "db.example.org"
    assert job["environment"]["MLFLOW_TRACKING_URI"] == "https://mlflow.example.org"
    assert job["environment"]["PGPASSFILE"] == "/run/passwords/pgpass"


def test_every_service_depends_on_the_image_that_is_built(project: Stack) -> None:
    """`docker compose up adminer` works in a fresh clone, because the service that builds the image comes first."""
    services = json.loads(project.compose("config", "--format", "json"))["services"]
    [builder] = [name for name, service in services.items() if service.get("build", {}).get("target") == "job"]
    after = {builder}
    for _ in services:
        after |= {name for name, service in services.items() if service.get("depends_on", {}).keys() & after}
    assert after == services.keys()


def test_the_jobs_image_is_within_its_size_limit(project: Stack) -> None:
    """It contains everything for scoring, training and reporting."""
    assert inspected(project, "chicago-taxi-job")["Size"] <= LARGEST


@pytest.mark.parametrize(("image", "user"), [("chicago-taxi-job", "10001"), ("chicago-taxi-mlflow", "10002")])
def test_an_image_runs_as_its_own_user_without_build_tools(project: Stack, image: str, user: str) -> None:
    """It contains no compiler, no pip and no cache."""
    settings = inspected(project, image)["Config"]
    assert settings["User"] == user
    assert settings["Labels"]["org.opencontainers.image.licenses"] == "MIT"
    script = "command -v gcc cc make go; ls /opt/venv/bin/pip /root/.cache /go; true"
    done = project.run("docker", "run", "--rm", "--user", "0", "--network", "none", image, "sh", "-c", script)
    assert done.stdout == ""


def test_the_image_has_its_code_version(project: Stack) -> None:
    """It is a label and a variable, which the job records with each run."""
    settings = inspected(project, "chicago-taxi-job")["Config"]
    assert settings["Labels"]["org.opencontainers.image.revision"] == "first"
    assert "CODE_VERSION=first" in settings["Env"]


def test_without_a_server_the_image_names_the_setting(project: Stack) -> None:
    """The image does not contain the embedded PostgreSQL."""
    run = ("docker", "run", "--rm", "--network", "none", "chicago-taxi-job", "python", "-m", "job", "status")
    done = project.run(*run, check=False)
    assert done.returncode == 2
    assert "error: the embedded PostgreSQL is not installed here" in done.stderr
    assert "set PGHOST" in done.stderr


def test_passwords_do_not_exist_before_the_first_start(project: Stack) -> None:
    """`make passwords` says which command creates them."""
    show = ("--user", "0", "--network", "none", "chicago-taxi-job", "python", "docker/passwords.py", "show")
    done = project.run("docker", "run", "--rm", *show, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: there are no passwords yet: `docker compose up` creates them\n"


def inspected(project: Stack, image: str) -> dict:
    """Docker's description of an image."""
    return json.loads(project.run("docker", "image", "inspect", image).stdout)[0]
