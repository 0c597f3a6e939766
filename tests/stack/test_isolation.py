"""What a service that was broken into could do: as little as can be."""

import json

import pytest

from tests.stack.conftest import Stack

LONG_RUNNING = ("postgres", "mlflow", "job", "adminer")
READS = {"postgres": {"postgres"}, "mlflow": {"pgpass"}, "job": {"pgpass"}, "adminer": set()}


def settings(stack: Stack, service: str) -> dict:
    """What the engine knows of a service's container."""
    return json.loads(stack.run("docker", "inspect", stack.containers()[service]).stdout)[0]


def test_ports_are_this_machines_alone(stack: Stack) -> None:
    """Every published port of every container is bound to 127.0.0.1."""
    bound = [
        address["HostIp"]
        for service in stack.containers()
        for addresses in (settings(stack, service)["HostConfig"]["PortBindings"] or {}).values()
        for address in addresses
    ]
    assert bound == ["127.0.0.1"] * (len(LONG_RUNNING) if stack.services else len(LONG_RUNNING) + 1)


def test_every_container_is_held_in(stack: Stack) -> None:
    """A root that cannot be written, no capabilities and no way to more rights; limits of all that can grow."""
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


def test_the_registry_needs_no_more_memory_than_promised(stack: Stack) -> None:
    """At its peak, all of its processes together; the limit is larger, for files that the kernel keeps in memory."""
    peaks = stack.inside("mlflow", "sh", "-c", "grep -h VmHWM /proc/[0-9]*/status").stdout.splitlines()
    assert sum(int(peak.split()[1]) for peak in peaks) < 400 * 1024


def test_the_job_writes_to_memory_and_its_cache_alone(stack: Stack) -> None:
    """Everything else refuses, its own code too."""
    folders = "/ /app /app/job /app/dbt_project /opt/venv /usr/local/bin /etc /var/lib /run /run/passwords /home"
    tried = f"for d in {folders}; do touch $d/made 2>/dev/null && echo $d; done; true"
    found = stack.inside("job", "sh", "-c", tried).stdout
    assert found == ""
    stack.inside("job", "sh", "-c", "touch /tmp/made /var/lib/taxi/made && rm /tmp/made /var/lib/taxi/made")


@pytest.mark.parametrize("service", LONG_RUNNING)
def test_no_process_has_capabilities_or_is_root(stack: Stack, service: str) -> None:
    """As the kernel sees it, of every process."""
    look = "cat /proc/[0-9]*/status 2>/dev/null | grep -E '^(Uid|CapPrm|CapEff|CapBnd|NoNewPrivs):' | sort -u"
    facts = [line.split() for line in stack.inside(service, "sh", "-c", look).stdout.splitlines()]
    assert {fact[1] for fact in facts if fact[0].startswith("Cap")} == {"0000000000000000"}
    assert ["NoNewPrivs:", "1"] in facts
    assert ["NoNewPrivs:", "0"] not in facts
    assert all("0" not in fact[1:] for fact in facts if fact[0] == "Uid:")


@pytest.mark.parametrize("service", LONG_RUNNING)
def test_a_service_has_its_own_passwords_and_no_others(stack: Stack, service: str) -> None:
    """One volume, mounted read-only, its files readable to its own user alone; none among its variables."""
    mounted = [mount for mount in settings(stack, service)["Mounts"] if "passwords" in mount.get("Name", "")]
    assert [mount["RW"] for mount in mounted] == [False] * bool(READS[service])
    found = stack.inside(service, "sh", "-c", "stat -c '%n %a %u' /run/passwords/* 2>/dev/null; id -u").stdout.split()
    files, user = found[:-1], found[-1]
    assert {name.rpartition("/")[2] for name in files[::3]} == READS[service]
    assert set(files[1::3]) <= {"400"}
    assert set(files[2::3]) <= {user}
    variables = stack.inside(service, "env").stdout
    secrets = stack.run(
        "docker", "compose", "run", "--rm", "-T", "--no-deps", "passwords", "sh", "-c", "grep -h . /passwords/init/*"
    )
    assert not any(secret and secret in variables for secret in secrets.stdout.split())


def test_who_is_on_which_network(stack: Stack) -> None:
    """The database's leads nowhere, its port's only in; what has its socket, or makes passwords, is on none."""
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
def test_a_role_enters_its_own_database_alone(stack: Stack, user: str, database: str) -> None:
    """MLflow's is closed to the others, and theirs to it."""
    done = stack.inside("postgres", "psql", "-U", user, "-d", database, "-c", "select 1", check=False)
    assert "User does not have CONNECT privilege" in done.stderr


def test_no_role_gets_in_by_the_network_without_a_password(stack: Stack) -> None:
    """Not even the superuser."""
    for user in ("postgres", "taxi_owner", "taxi_writer", "taxi_reader", "mlflow"):
        ask = ("psql", "-h", "127.0.0.1", "-U", user, "-d", "postgres", "-w", "-c", "select 1")
        assert "no password supplied" in stack.inside("postgres", *ask, check=False).stderr
