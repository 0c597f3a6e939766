"""A compromised service can do as little as possible."""

import json

import pytest

from tests.stack.conftest import Stack

LONG_RUNNING = ("postgres", "mlflow", "job", "adminer")
READS = {"postgres": {"postgres"}, "mlflow": {"pgpass"}, "job": {"pgpass"}, "adminer": set()}


def settings(stack: Stack, service: str) -> dict:
    """Docker's description of a service's container."""
    return json.loads(stack.run("docker", "inspect", stack.containers()[service]).stdout)[0]


def test_ports_are_local(stack: Stack) -> None:
    """Every published port is bound to 127.0.0.1."""
    bound = [
        address["HostIp"]
        for service in stack.containers()
        for addresses in (settings(stack, service)["HostConfig"]["PortBindings"] or {}).values()
        for address in addresses
    ]
    assert bound == ["127.0.0.1"] * (len(LONG_RUNNING) if stack.services else len(LONG_RUNNING) + 1)


def test_every_container_is_restricted(stack: Stack) -> None:
    """It has a read-only root, no capabilities, no privilege escalation, and limits for memory, processes and logs."""
    for service in stack.containers():
        host = settings(stack, service)["HostConfig"]
        assert host["ReadonlyRootfs"], service
        assert host["CapDrop"] == ["ALL"], service
        assert bool(host["CapAdd"]) == (service == "passwords"), service
        assert "no-new-privileges:true" in host["SecurityOpt"], service
        assert 0 < host["Memory"] <= 1536 * 2**20, service
        assert 0 < host["PidsLimit"] <= 200, service
        assert host["LogConfig"]["Config"] == {"max-size": "10m", "max-file": "3"}, service
        assert 0 < host["CpuQuota"] <= 200_000, service
        assert not host["Privileged"], service


def test_the_registry_is_one_process_of_less_than_400_mib(stack: Stack) -> None:
    """The peaks of all processes are summed; the container's limit is higher because of the page cache."""
    peaks = stack.inside("mlflow", "sh", "-c", "grep -h VmHWM /proc/[0-9]*/status").stdout.splitlines()
    assert sum(int(peak.split()[1]) for peak in peaks) < 400 * 1024
    commands = stack.inside("mlflow", "sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '").stdout
    assert "uvicorn" in commands
    assert "mlflow_server" not in commands  # it has become uvicorn; if it waits for one, MLflow has changed


def test_the_job_can_write_only_to_memory_and_its_cache(stack: Stack) -> None:
    """All other folders are read-only, including its own code."""
    folders = "/ /app /app/job /app/dbt_project /opt/venv /usr/local/bin /etc /var/lib /run /run/passwords /home"
    script = f"for d in {folders}; do touch $d/made 2>/dev/null && echo $d; done; true"
    written = stack.inside("job", "sh", "-c", script).stdout
    assert written == ""
    stack.inside("job", "sh", "-c", "touch /tmp/made /var/lib/taxi/made && rm /tmp/made /var/lib/taxi/made")


@pytest.mark.parametrize("service", LONG_RUNNING)
def test_no_process_has_capabilities_or_is_root(stack: Stack, service: str) -> None:
    """The kernel's status of every process in the container is checked."""
    script = "cat /proc/[0-9]*/status 2>/dev/null | grep -E '^(Uid|CapPrm|CapEff|CapBnd|NoNewPrivs):' | sort -u"
    facts = [line.split() for line in stack.inside(service, "sh", "-c", script).stdout.splitlines()]
    assert {fact[1] for fact in facts if fact[0].startswith("Cap")} == {"0000000000000000"}
    assert ["NoNewPrivs:", "1"] in facts
    assert ["NoNewPrivs:", "0"] not in facts
    assert all("0" not in fact[1:] for fact in facts if fact[0] == "Uid:")


@pytest.mark.parametrize("service", LONG_RUNNING)
def test_a_service_has_only_its_own_passwords(stack: Stack, service: str) -> None:
    """They are in a read-only volume that only its user can read, and not in its environment."""
    mounted = [mount for mount in settings(stack, service)["Mounts"] if "passwords" in mount.get("Name", "")]
    assert [mount["RW"] for mount in mounted] == [False] * bool(READS[service])
    listed = stack.inside(service, "sh", "-c", "stat -c '%n %a %u' /run/passwords/* 2>/dev/null; id -u").stdout.split()
    files, user = listed[:-1], listed[-1]
    assert {name.rpartition("/")[2] for name in files[::3]} == READS[service]
    assert set(files[1::3]) <= {"400"}
    assert set(files[2::3]) <= {user}
    variables = stack.inside(service, "env").stdout
    secrets = stack.run(
        "docker", "compose", "run", "--rm", "-T", "--no-deps", "passwords", "sh", "-c", "grep -h . /passwords/init/*"
    )
    assert not any(secret and secret in variables for secret in secrets.stdout.split())


def test_the_networks_of_each_service(stack: Stack) -> None:
    """The database's network is internal, and services that use its socket or create passwords have no network."""
    networks = {
        service: set(settings(stack, service)["NetworkSettings"]["Networks"])
        for service in ("passwords", "init", "postgres", "mlflow", "first-model", "job", "adminer")
    }
    both = {"taxi-test_database", "taxi-test_default"}
    assert networks == {
        "passwords": {"none"}, "init": {"none"}, "postgres": {"taxi-test_database", "taxi-test_postgres-port"},
        "mlflow": both, "first-model": both, "job": both, "adminer": both,
    }  # fmt: skip
    inspect = ("docker", "network", "inspect", "taxi-test_database", "taxi-test_postgres-port")
    database, port = json.loads(stack.run(*inspect).stdout)
    assert database["Internal"]
    assert port["Options"] == {"com.docker.network.bridge.enable_ip_masquerade": "false"}


@pytest.mark.parametrize(
    ("user", "database"),
    [("mlflow", "taxi"), ("taxi_reader", "mlflow"), ("taxi_writer", "mlflow"), ("taxi_owner", "mlflow")],
)
def test_a_role_can_connect_only_to_its_own_database(stack: Stack, user: str, database: str) -> None:
    """MLflow's role cannot open the taxi database, nor the other roles MLflow's."""
    done = stack.inside("postgres", "psql", "-U", user, "-d", database, "-c", "select 1", check=False)
    assert "User does not have CONNECT privilege" in done.stderr


def test_no_role_connects_over_the_network_without_a_password(stack: Stack) -> None:
    """This holds for the superuser as well."""
    for user in ("postgres", "taxi_owner", "taxi_writer", "taxi_reader", "mlflow"):
        command = ("psql", "-h", "127.0.0.1", "-U", user, "-d", "postgres", "-w", "-c", "select 1")
        assert "no password supplied" in stack.inside("postgres", *command, check=False).stderr
