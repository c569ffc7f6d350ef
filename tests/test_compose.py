"""docker-compose.yml and the Dockerfile say what the settings and the project need."""

import ast
import importlib
import json
import re
import tomllib

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from config import stack
from config.sharing import BASE

COMPOSE = (BASE / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE)["services"]
PROJECT = tomllib.loads((BASE / "pyproject.toml").read_text())
DOCKERFILE = (BASE / "Dockerfile").read_text().replace("\\\n", " ")
OURS = ["migrate", "web", "worker", "beat"]
LASTING = [name for name in SERVICES if name != "migrate"]
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|KEY$")


READ_IN = ("settings.py", "single_sign_on.py")


def settings_read():
    """Name of every variable that the settings read, and whether nothing starts without it.

    Single sign-on asks for its own only once one of them is set.
    """
    for file in READ_IN:
        for name, is_required in variables_in(file):
            yield name, is_required and file == "settings.py"


def variables_in(file):
    tree = ast.parse((BASE / "config" / file).read_text())
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="environment"), attr=reader),
                args=[ast.Constant(value=name), *rest],
            ):
                yield name, reader == "text" and not rest


def instructions(keyword):
    return re.findall(rf"^{keyword} +(.+)$", DOCKERFILE, re.MULTILINE)


KNOWN = {name for name, _ in settings_read()}
REQUIRED = {name for name, is_required in settings_read() if is_required}


class TestCompose:
    def test_the_settings_have_required_variables(self):
        assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} <= REQUIRED < KNOWN

    @pytest.mark.parametrize("name", OURS)
    def test_what_the_settings_require_is_set_and_nothing_they_do_not_know(self, name):
        given = set(SERVICES[name]["environment"])
        assert given >= REQUIRED
        assert given <= KNOWN

    @pytest.mark.parametrize("name", LASTING)
    def test_a_lasting_service_is_restarted_and_watched(self, name):
        service = SERVICES[name]
        assert service["restart"] == "unless-stopped"
        assert service["image"]
        assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")

    @pytest.mark.parametrize("name", ["web", "worker", "beat"])
    def test_the_platform_starts_on_a_migrated_database_and_a_healthy_redis(self, name):
        assert SERVICES[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "redis": {"condition": "service_healthy"},
        }
        assert SERVICES["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"
        assert SERVICES["migrate"]["restart"] == "no"

    def test_no_secret_has_a_default(self):
        used = re.findall(r"\$\{(\w+)(:[?-])?", COMPOSE)
        secrets = {name: how for name, how in used if SECRET.search(name)}
        assert {name for name, how in secrets.items() if how != ":?"} == {
            "OIDC_SECRET",
            "BREACHED_PASSWORDS",
        }
        assert {"${OIDC_SECRET:-}", "${BREACHED_PASSWORDS:-}"} <= set(COMPOSE.split())
        assert {name for name, how in used if not how} == set()

    def test_single_sign_on_and_stolen_passwords_reach_every_service(self):
        wanted = {name for name, _ in variables_in("single_sign_on.py")} | {"BREACHED_PASSWORDS"}
        missing = [(name, wanted - set(SERVICES[name]["environment"])) for name in OURS]
        assert [(name, lacking) for name, lacking in missing if lacking] == []

    def test_no_secret_is_written_down(self):
        for service in SERVICES.values():
            for name, value in service.get("environment", {}).items():
                assert not SECRET.search(name) or re.fullmatch(r"\$\{\w+:(\?[^}]+|-)\}", value)

    @pytest.mark.parametrize("name", ["database", "redis"])
    def test_what_must_last_has_a_named_volume(self, name):
        assert [volume.split(":")[0] for volume in SERVICES[name]["volumes"]] == [name]
        assert name in yaml.safe_load(COMPOSE)["volumes"]

    def test_the_database_is_the_one_that_the_tests_use(self):
        database = SERVICES["database"]
        assert database["image"] == f"postgres:{stack.POSTGRES_VERSION}"
        assert database["environment"]["POSTGRES_INITDB_ARGS"].split() == stack.COLLATION

    @pytest.mark.parametrize("name", ["worker", "beat"])
    def test_celery_is_told_an_application_that_exists(self, name):
        program, flag, module, role, *_ = SERVICES[name]["command"]
        assert (program, flag, role) == ("celery", "--app", name)
        assert importlib.import_module(module).celery_app.main == "config"

    def test_the_address_of_the_health_check_exists(self):
        from django.urls import resolve

        asked = re.search(r"127\.0\.0\.1:(\d+)(/\w+)", SERVICES["web"]["healthcheck"]["test"][-1])
        assert asked.group(1) in instructions("EXPOSE")
        assert resolve(asked.group(2))


class TestDockerfile:
    def test_its_python_is_one_we_support(self):
        version = re.fullmatch(r"python:([\d.]+)-slim-\w+", instructions("FROM")[0]).group(1)
        assert version in SpecifierSet(PROJECT["project"]["requires-python"])

    def test_it_installs_the_locked_requirements_of_production_and_no_others(self):
        installs = [line for line in instructions("RUN") if "pip install" in line]
        assert len(installs) == 1
        assert "--require-hashes" in installs[0]
        assert "--requirement requirements/production.txt" in installs[0]

    def test_it_serves_the_application_on_the_port_that_compose_publishes(self):
        program, module, bind, address, *_ = json.loads(instructions("CMD")[0])
        assert (program, bind) == ("gunicorn", "--bind")
        assert importlib.import_module(module).application
        port = address.rpartition(":")[2]
        assert instructions("EXPOSE") == [port]
        assert [published.rpartition(":")[2] for published in SERVICES["web"]["ports"]] == [port]

    def test_it_does_not_run_as_root(self):
        assert instructions("USER") == ["service"]
        assert any("useradd" in line and line.endswith(" service") for line in instructions("RUN"))

    def test_the_image_holds_every_app(self):
        kept = set(re.findall(r"^!(.+)$", (BASE / ".dockerignore").read_text(), re.MULTILINE))
        apps = set(PROJECT["tool"]["importlinter"]["root_packages"])
        assert kept == apps | {"manage.py", "static", "templates", "requirements/production.txt"}
