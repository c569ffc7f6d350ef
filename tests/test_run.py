"""./run on this machine: started twice, on a busy port, ended in every way, by root or not."""

import ast
import importlib.machinery
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from config import demo, stack
from config.processes import StackError
from config.sharing import BASE

OLDEST_THAT_PARSES = (3, 7)
REQUIREMENTS = BASE / "requirements"
INHERITED = re.compile(r"PATH|HOME|LANG|LC_.*|TMPDIR|.*CERT.*|.*SSL.*|PIP_.*|UV_.*|.*_PROXY", re.I)
machine = pytest.mark.machine


@pytest.fixture(scope="module")
def script():
    """The file ./run as a module."""
    loader = importlib.machinery.SourceFileLoader("run", str(BASE / "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", loader))
    loader.exec_module(module)
    return module


class TestBeforeAnythingIsInstalled:
    def test_an_old_python_can_parse_it(self):
        ast.parse((BASE / "run").read_text(), feature_version=OLDEST_THAT_PARSES)

    def test_an_old_python_is_told_which_is_needed(self, script, monkeypatch):
        monkeypatch.setattr(script, "OLDEST_PYTHON", (99, 0))
        with pytest.raises(script.Unable, match=r"needs Python 99\.0 or newer, this is 3\.\d+ \("):
            script.require_suitable_python()

    def test_a_python_without_venv_is_told_the_package(self, script, monkeypatch):
        monkeypatch.setattr(script.importlib.util, "find_spec", lambda _: None)
        with pytest.raises(script.Unable, match="apt-get install python3-venv"):
            script.require_suitable_python()

    def test_help_names_every_command(self, script, capsys):
        assert script.main(["help"]) == 0
        shown = capsys.readouterr().out
        assert all(f"./run {name}" in shown for name in script.COMMANDS)

    def test_an_unknown_command_is_an_error_that_shows_the_others(self, script, capsys):
        assert script.main(["serve"]) == 2
        assert "no command 'serve'" in capsys.readouterr().err

    def test_a_changed_lock_is_noticed(self, script, monkeypatch, tmp_path):
        shutil.copytree(REQUIREMENTS, tmp_path / "requirements")
        monkeypatch.setattr(script, "REQUIREMENTS", tmp_path / "requirements")
        before = script.fingerprint("local")
        (tmp_path / "requirements" / "local.txt").write_text("django==5.2\n")
        assert script.fingerprint("local") != before

    @pytest.mark.parametrize(
        ("needed", "level", "enough"),
        [("local", "local", True), ("local", "dev", True), ("dev", "local", False)],
    )
    def test_the_developers_environment_serves_the_demonstration_too(
        self, script, monkeypatch, needed, level, enough
    ):
        monkeypatch.setattr(script, "PYTHON", Path(sys.executable))
        monkeypatch.setattr(script, "installed", lambda: [level, script.fingerprint(level)])
        assert script.is_installed(needed) is enough


class TestLocks:
    @pytest.mark.parametrize("lock", sorted(path.name for path in REQUIREMENTS.glob("*.txt")))
    def test_every_line_is_a_pin_or_a_hash(self, lock):
        pin = re.compile(r"[a-z0-9-]+==[^ ]+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
        lines = (REQUIREMENTS / lock).read_text().splitlines()
        assert [line for line in lines if not pin.fullmatch(line)] == []

    def test_each_lock_holds_the_narrower_one(self):
        production, local, dev = (
            set(re.findall(r"^\S+==\S+", (REQUIREMENTS / f"{name}.txt").read_text(), re.M))
            for name in ("production", "local", "dev")
        )
        assert production < local < dev


class TestPorts:
    def test_the_wanted_port_is_taken(self):
        wanted = stack.free_port()
        with demo.listening(wanted) as listener:
            assert listener.getsockname() == ("127.0.0.1", wanted)

    def test_a_busy_port_is_said_and_passed_over(self, capsys):
        with socket.create_server(("127.0.0.1", 0)) as busy:
            wanted = busy.getsockname()[1]
            with demo.listening(wanted) as listener:
                chosen = listener.getsockname()[1]
        assert chosen > wanted
        assert capsys.readouterr().out == f"Port {wanted} is busy; using {chosen}.\n"

    @pytest.mark.parametrize("value", ["0", "65536", "eight", "-1"])
    def test_a_port_that_is_none_is_refused(self, monkeypatch, value):
        monkeypatch.setenv("PORT", value)
        with pytest.raises(StackError, match="PORT must be a number from 1 to 65535"):
            demo.wanted_port()


class TestStaleLocks:
    def test_a_number_that_another_process_has_now_is_forgotten(self, tmp_path):
        (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n/elsewhere\n")
        stack.end_orphan(tmp_path)
        assert not (tmp_path / "postmaster.pid").exists()

    def test_a_lock_that_was_never_written_is_forgotten(self, tmp_path):
        (tmp_path / "postmaster.pid").touch()
        stack.end_orphan(tmp_path)
        assert not (tmp_path / "postmaster.pid").exists()

    def test_a_server_that_is_still_there_is_ended_first(self, tmp_path):
        program = "import signal; signal.sigwait([signal.SIGINT])"
        with subprocess.Popen([sys.executable, "-c", program, tmp_path]) as orphan:
            (tmp_path / "postmaster.pid").write_text(f"{orphan.pid}\n{tmp_path}\n")
            time.sleep(0.2)
            stack.end_orphan(tmp_path)
            assert orphan.wait(5) == 0


@pytest.fixture(scope="module")
def copy():
    """A copy of the checkout with nothing but what a clone would have and what is new here."""
    with tempfile.TemporaryDirectory(prefix="run-") as name:
        directory = Path(name)
        copy_checkout(directory)
        yield directory


def copy_checkout(directory):
    directory.chmod(0o755)
    # whoever owns the checkout, as root may where others have cloned
    trusting = ["git", "-c", "safe.directory=*"]
    listed = [*trusting, "ls-files", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(listed, cwd=BASE, text=True).splitlines():
        if (BASE / name).exists():
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(BASE / name, directory / name)


def environment(**extra):
    """What a person's shell would have, without what ./run test has set for us."""
    inherited = {name: value for name, value in os.environ.items() if INHERITED.fullmatch(name)}
    return {**inherited, "PORT": str(stack.free_port()), **extra}


class Demonstration:
    """`./run` in the background, until it has said that it is ready."""

    def __init__(self, directory, seconds=120, **options):
        self.output = directory / "said"
        with self.output.open("w") as said:
            self.process = psutil.Popen(
                ["./run"], cwd=directory, stdout=said, stderr=subprocess.STDOUT, **options
            )
        deadline = time.monotonic() + seconds
        while "Ctrl-C stops everything." not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)
        self.family = self.process.children(recursive=True)

    @property
    def said(self):
        return self.output.read_text()

    @property
    def address(self):
        return re.search(r"http://localhost:\d+/", self.said).group()

    def page(self):
        with demo.WITHOUT_PROXY.open(self.address, timeout=30) as answer:
            return answer.status, answer.read().decode()

    def end(self, number):
        """Send it the signal; its exit code and the processes it leaves behind."""
        self.process.send_signal(number)
        code = self.process.wait(60)
        _, survivors = psutil.wait_procs(self.family, timeout=30)
        return code, [survivor.cmdline() for survivor in survivors]

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self.process.poll() is None:
            self.end(signal.SIGTERM)


def run(directory, *arguments, **extra):
    return subprocess.run(
        ["./run", *arguments],
        cwd=directory,
        env=environment(RUN_VENV=sys.prefix, **extra),
        capture_output=True,
        text=True,
        timeout=120,
    )


@machine
def test_served_beside_a_busy_port_and_to_one_at_a_time_until_ctrl_c(copy):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with Demonstration(copy, env=environment(RUN_VENV=sys.prefix, PORT=str(port))) as first:
            assert f"Port {port} is busy; using " in first.said
            status, page = first.page()
            assert status == 200
            assert "</html>" in page

            second = run(copy)
            assert second.returncode == 1
            assert second.stderr == (
                f"./run: already running at {first.address} (process {first.process.pid}).\n"
            )

            guest = run(copy, "manage", "migrate", "--check")
            assert (guest.returncode, guest.stderr) == (0, "")

            assert first.end(signal.SIGINT) == (0, [])
            assert first.said.endswith("Stopped.\n")


@machine
def test_nothing_outlives_a_kill_and_the_next_start_is_none_the_worse(copy):
    with Demonstration(copy, env=environment(RUN_VENV=sys.prefix)) as killed:
        assert killed.end(signal.SIGKILL) == (-signal.SIGKILL, [])
    assert run(copy, "manage", "migrate", "--check").returncode == 0


@machine
def test_a_dead_worker_ends_everything(copy):
    with Demonstration(copy, env=environment(RUN_VENV=sys.prefix)) as maimed:
        worker = next(child for child in maimed.family if "celery" in child.cmdline())
        worker.kill()
        assert maimed.process.wait(60) == 1
        assert "./run: The worker ended unexpectedly." in maimed.said
        assert psutil.wait_procs(maimed.family, timeout=30)[1] == []


@machine
def test_a_checkout_that_nobody_else_may_enter(copy):
    with tempfile.TemporaryDirectory(prefix="run-") as name:
        hidden = Path(name) / "checkout"
        hidden.mkdir()
        copy_checkout(hidden)
        home = stack.server_home(hidden / ".local" / "servers", stack.unprivileged_account())
        try:
            assert run(hidden, "manage", "migrate", "--verbosity", "0").returncode == 0
            assert (home / "postgres").exists()
        finally:
            if home.parent != hidden / ".local":
                shutil.rmtree(home)


@machine
def test_a_fresh_clone_serves_its_page_to_a_normal_user():
    """Everything from the environment on, by `nobody` where the tests run as root."""
    account = stack.unprivileged_account()
    with tempfile.TemporaryDirectory(prefix="run-") as name:
        clone = Path(name)
        copy_checkout(clone)
        give_all(clone, account)
        paths = f"{suitable_python(account).parent}:/usr/bin:/bin"
        theirs = environment(HOME=str(clone), PATH=paths)
        with Demonstration(clone, seconds=300, env=theirs, **account) as served:
            assert (clone / ".venv" / "bin" / "python").exists()
            assert served.page()[0] == 200
            assert served.end(signal.SIGINT) == (0, [])


def give_all(directory, account):
    for path in [directory, *directory.rglob("*")]:
        stack.give(path, account)


def suitable_python(account):
    """A python3 that the account may run and that ./run accepts."""
    question = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
    for place in (Path(sys.base_prefix) / "bin", Path("/usr/local/bin"), Path("/usr/bin")):
        python = place / "python3"
        if stack.is_reachable(python, account):
            asked = subprocess.run([python, "-c", question], cwd="/", **account)
            if asked.returncode == 0:
                return python
    pytest.fail("No Python from 3.11 on that a normal user may run; see README.md.")
