"""The images, and the files that they are made from."""

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


def test_the_dockerfile_is_clean() -> None:
    """It passes hadolint."""
    done = subprocess.run([HADOLINT, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_compose_file_is_clean(project: Stack) -> None:
    """`docker compose config` takes it without a warning."""
    done = project.run("docker", "compose", "config", "--quiet")
    assert (done.stdout, done.stderr) == ("", "")


def test_the_documented_override_points_the_job_elsewhere(project: Stack, tmp_path: Path) -> None:
    """With a PostgreSQL and an MLflow of one's own the job waits for its passwords alone."""
    document = (ROOT / "docs" / "operating.md").read_text()
    override = tmp_path / "docker-compose.override.yml"
    override.write_text(re.findall(r"```yaml\n(services:.*?)```", document, re.DOTALL)[0])
    files = ("-f", "docker-compose.yml", "-f", str(override))
    job = json.loads(project.compose(*files, "config", "--format", "json"))["services"]["job"]
    assert job["depends_on"].keys() == {"passwords"}
    assert job["environment"]["PGHOST"] == "db.example.org"
    assert job["environment"]["MLFLOW_TRACKING_URI"] == "https://mlflow.example.org"
    assert job["environment"]["PGPASSFILE"] == "/run/passwords/pgpass"


def test_whatever_is_started_first_the_jobs_image_is_built(project: Stack) -> None:
    """`docker compose up adminer` in a fresh clone: the one service that builds it comes before every other."""
    services = json.loads(project.compose("config", "--format", "json"))["services"]
    [builder] = [name for name, service in services.items() if service.get("build", {}).get("target") == "job"]
    after = {builder}
    for _ in services:
        after |= {name for name, service in services.items() if service.get("depends_on", {}).keys() & after}
    assert after == services.keys()


def test_the_jobs_image_is_no_larger_than_promised(project: Stack) -> None:
    """With everything that scores, trains and reports inside."""
    assert inspected(project, "chicago-taxi-job")["Size"] <= LARGEST


@pytest.mark.parametrize(("image", "user"), [("chicago-taxi-job", "10001"), ("chicago-taxi-mlflow", "10002")])
def test_an_image_runs_as_a_user_of_its_own_and_carries_no_tools(project: Stack, image: str, user: str) -> None:
    """No root, no compiler, no pip among its packages, no cache."""
    settings = inspected(project, image)["Config"]
    assert settings["User"] == user
    assert settings["Labels"]["org.opencontainers.image.licenses"] == "MIT"
    look = "command -v gcc cc make go; ls /opt/venv/bin/pip /root/.cache /go; true"
    found = project.run("docker", "run", "--rm", "--user", "0", "--network", "none", image, "sh", "-c", look)
    assert found.stdout == ""


def test_the_image_says_which_code_it_holds(project: Stack) -> None:
    """As a label, and to the job, which notes it with each run."""
    settings = inspected(project, "chicago-taxi-job")["Config"]
    assert settings["Labels"]["org.opencontainers.image.revision"] == "first"
    assert "CODE_VERSION=first" in settings["Env"]


def test_without_a_server_the_image_says_what_to_set(project: Stack) -> None:
    """The embedded PostgreSQL is not in it."""
    run = ("docker", "run", "--rm", "--network", "none", "chicago-taxi-job", "python", "-m", "job", "status")
    done = project.run(*run, check=False)
    assert done.returncode == 2
    assert "error: the embedded PostgreSQL is not installed here" in done.stderr
    assert "set PGHOST" in done.stderr


def test_before_the_first_start_there_are_no_passwords_to_show(project: Stack) -> None:
    """`make passwords` says what makes them."""
    show = ("--user", "0", "--network", "none", "chicago-taxi-job", "python", "docker/passwords.py", "show")
    done = project.run("docker", "run", "--rm", *show, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: there are no passwords yet: `docker compose up` makes them\n"


def inspected(project: Stack, image: str) -> dict:
    """What the engine knows of an image."""
    return json.loads(project.run("docker", "image", "inspect", image).stdout)[0]
