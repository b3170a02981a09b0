#!/usr/bin/python3
"""The static program on hosts whose own files are odd, and by name servers that are.

It must neither hang nor crash, open no library and no module, and say what is wrong with a name.
Needs root, for a root folder and a network namespace of its own.

    tests/host_files/run.py [--program build/image/rootfs/bin/upkeep] [--only TEXT] [--verbose]
"""

import argparse
import contextlib
import fcntl
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from host_files import names  # noqa: E402

STEMCELL = "bosh-aws-xen-hvm-ubuntu-noble"
DEPLOYMENTS = json.dumps([{"name": "cf", "stemcells": [{"name": STEMCELL, "version": "1.11"}]}])
BY_TLS = "https://director.test/deployments"
LONGEST = 15  # seconds, for a run that needs none
FILES = ["etc/resolv.conf", "etc/hosts", "etc/nsswitch.conf", "etc/host.conf", "etc/gai.conf",
         "etc/services", "etc/svc.conf", "etc/localtime",
         "etc/ssl/openssl.cnf", "usr/lib/ssl/openssl.cnf", "usr/lib/locale/locale-archive",
         "etc/ssl/certs/ca-certificates.crt"]
BUNDLES = ["etc/ssl/certs/ca-certificates.crt", "etc/pki/tls/certs/ca-bundle.crt",
           "etc/ssl/ca-bundle.pem", "etc/ssl/cert.pem"]  # in the order in which they count


# --- The odd forms of a file: each makes one at a path

def _written(content):
    return lambda path: path.write_bytes(content)


def _unreadable(path):
    path.write_bytes(b"nameserver 127.0.0.1\n")
    path.chmod(0)


def _linked_to(target):
    return lambda path: path.symlink_to(target)


FORMS = {
    "absent": lambda path: None,
    "empty": _written(b""),
    "unreadable": _unreadable,
    "garbage": _written(bytes(range(256)) * 64),
    "one long line": _written(b"x" * 3_000_000),
    "huge": lambda path: (path.touch(), os.truncate(path, 1 << 40)),
    "many lines": _written(b"10.1.2.3 nobody.test nobody\n" * 200_000),
    "modules": _written(b"hosts: nis ldap [NOTFOUND=return] mymachines\nopenssl_conf = a\n[a]\n"
                        b"engines = b\n[b]\nc = d\n[d]\ndynamic_path = /lib/evil.so\ninit = 1\n"),
    "a folder": lambda path: path.mkdir(),
    "a pipe nobody writes to": os.mkfifo,
    "a link to itself": _linked_to("itself"),
    "without end": lambda path: os.mknod(path, 0o20666, os.makedev(1, 5)),
}


OWN_NAME_SERVER = {"etc/resolv.conf": _written(b"nameserver 127.0.0.1\n")}


class Host:
    """A root folder with the program and little else."""

    def __init__(self, program):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="upkeep-host-"))
        self.root.chmod(0o755)
        for folder in ["bin", "tmp", "dev", *{os.path.dirname(file) for file in FILES + BUNDLES}]:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(program, self.root / "bin/upkeep")
        shutil.copy(TESTS / "cases/data/noble.json", self.root / "published.json")
        for device, minor in {"null": 3, "zero": 5, "urandom": 9}.items():
            os.mknod(self.root / "dev" / device, 0o20666, os.makedev(1, minor))
            (self.root / "dev" / device).chmod(0o666)

    @contextlib.contextmanager
    def having(self, files):
        """Files by their names, as functions that make them, for the time of a trial."""
        for file, make in files.items():
            make(self.root / file)
        try:
            yield
        finally:
            for file in files:
                path = self.root / file
                if path.is_dir() and not path.is_symlink():
                    path.rmdir()
                else:
                    path.unlink(missing_ok=True)

    def start(self, url="http://director.test/deployments", before=(), environment=None,
              ca_cert=None):
        command = [*before, "chroot", "--userspec=65534:65534", str(self.root), "/bin/upkeep",
                   "stemcells", "--source", "/source.json"]
        (self.root / "source.json").write_text(json.dumps({
            "kind": "stemcell", "published": "/published.json",
            "deployments_url": {"url": url, "timeout": "2s",
                                **({"ca_cert": ca_cert.decode()} if ca_cert else {})}}))
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True,
                                env={"PATH": os.environ["PATH"], **(environment or {})})

    def run(self, **how):
        process = self.start(**how)
        try:
            stdout, stderr = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return None, "", "it hangs"
        return process.returncode, stdout, stderr


# --- The trials: generators of what is wrong

def looks(result):
    """It got the deployments, and found nothing."""
    code, stdout, stderr = result
    if code != 0 or not stdout or stderr:
        yield f"exit code {code}: {stdout}{stderr}"


def says(result, *parts):
    code, _, stderr = result
    if code != 2:
        yield f"exit code {code}, not 2: {stderr}"
    for part in parts:
        if part not in stderr:
            yield f"does not say {part!r}: {stderr}"


def file_trial(server, host, authority, file, form):
    server.behaviour = names.answering((names.A, "127.0.0.1"))
    files = {**OWN_NAME_SERVER, file: FORMS[form]}
    with host.having(files):
        yield from looks(host.run())
        yield from looks(host.run(url=BY_TLS, ca_cert=authority.own))


def names_trial(server, host, behaviour, judge):
    server.behaviour = behaviour
    with host.having(OWN_NAME_SERVER):
        yield from judge(host.run())


def nobody_trial(host):
    """A name server that is not there at all."""
    with host.having({"etc/resolv.conf": _written(b"nameserver 127.0.0.2\n")}):
        yield from says(host.run(), "the name director.test cannot be resolved", "/etc/resolv.conf")


def stop_trial(server, host):
    server.behaviour = names.silent
    server.asked.clear()
    with host.having(OWN_NAME_SERVER):
        process = host.start()
        if not server.asked.wait(LONGEST):
            yield "asks no name server"
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.communicate()
        if time.monotonic() - begun > 0.1:
            yield f"stops after {time.monotonic() - begun:.3f} s"


def modules_trial(server, host, authority):
    """What it opens, once it runs, is none of the host's code."""
    server.behaviour = names.answering((names.A, "127.0.0.1"))
    log = host.root.parent / (host.root.name + ".strace")
    files = {**{file: FORMS["modules"] for file in FILES}, **OWN_NAME_SERVER}
    strace = ["strace", "-f", "-o", str(log),
              "-e", "trace=open,openat,openat2,execve,memfd_create"]
    environment = {"LD_PRELOAD": "", "LC_ALL": "de_DE.UTF-8", "GCONV_PATH": "/usr/lib", "LOCPATH":
                   "/usr/lib", "OPENSSL_CONF": "/etc/ssl/openssl.cnf", "OPENSSL_ENGINES": "/usr",
                   "HOSTALIASES": "/etc/hosts", "TZ": "Europe/Berlin"}
    opened = set()
    with host.having(files):
        for how in ({}, {"url": "http://localhost/"},
                    {"url": BY_TLS, "ca_cert": authority.own}):
            yield from looks(host.run(before=strace, environment=environment, **how))
            lines = log.read_text().splitlines()
            first = next(i for i, line in enumerate(lines) if 'execve("/bin/upkeep"' in line)
            opened.update(path for line in lines[first + 1:]
                          for path in re.findall(r'open\w*\(.*?"([^"]*)"', line))
    log.unlink()
    allowed = {"/dev/urandom", "/source.json", "/published.json", "/etc/resolv.conf",
               "/etc/nsswitch.conf",
               "/etc/host.conf", "/etc/svc.conf", "/etc/hosts"}
    for path in sorted(opened - allowed):
        if not re.match(r"/(proc|sys)/", path):
            yield f"opens {path}"


class Authority:
    """One for director.test, which is its own certificate; and one that nobody uses."""

    def __init__(self, folder):
        self.file = folder / "director.pem"
        self.own, self.other = self._make(self.file), self._make(folder / "other.pem")

    @staticmethod
    def _make(file):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2",
                        "-subj", "/CN=director.test", "-addext", "subjectAltName=DNS:director.test",
                        "-keyout", file, "-out", file], check=True, capture_output=True)
        return re.search(b"-----BEGIN CERTIFICATE.*", file.read_bytes(), re.DOTALL)[0]


def bundles_trial(server, host, bundles, judge):
    server.behaviour = names.answering((names.A, "127.0.0.1"))
    files = {**OWN_NAME_SERVER,
             **{file: content if callable(content) else _written(content)
                for file, content in bundles.items()}}
    with host.having(files):
        yield from judge(host.run(url=BY_TLS))


def bundle_trials(server, host, authority):
    for file in BUNDLES:
        yield f"its authorities count: {file}", bundles_trial(
            server, host, {file: authority.own}, looks)
    for first, second in zip(BUNDLES, BUNDLES[1:]):
        yield f"the first counts alone: {first}", bundles_trial(
            server, host, {first: authority.other, second: authority.own},
            lambda result, first=first: says(result, f"among the authorities used: /{first}\n"))
    for form, make in FORMS.items():
        yield f"the next ones count: {BUNDLES[0]}: {form}", bundles_trial(
            server, host, {BUNDLES[0]: make, BUNDLES[1]: authority.own}, looks)
    yield "Debian's authorities, where the system has none", bundles_trial(
        server, host, {}, lambda result: says(result, "Debian's authorities within upkeep"))


def trials(server, host, authority):
    yield from bundle_trials(server, host, authority)
    for file in FILES:
        for form in FORMS:
            yield f"{file}: {form}", file_trial(server, host, authority, file, form)
    good = (names.A, "127.0.0.1")
    unresolved = "the name director.test cannot be resolved"
    for name, behaviour, judge in [
            ("answers", names.answering(good), looks),
            ("is late", names.answering(good, after=1), looks),
            ("knows IPv6 alone", names.answering((names.AAAA, "::1")), looks),
            ("names an address that lets nobody in first",
             names.answering((names.AAAA, "fd00::9"), good), looks),
            ("names an address of IPv4 that lets nobody in",
             names.answering((names.AAAA, "::1"), (names.A, "127.0.0.9")), looks),
            ("names an address without a way to it",
             names.answering((names.A, "192.0.2.1"), good), looks),
            ("names addresses that lead nowhere",
             names.answering((names.A, "127.0.0.7"), (names.AAAA, "fd00::7")),
             lambda result: says(result, "127.0.0.7", "fd00::7")),
            ("knows no such name", names.answering(code=3), lambda r: says(r, unresolved)),
            ("knows no address", names.answering(), lambda r: says(r, unresolved)),
            ("has failed", names.answering(code=2), lambda r: says(r, unresolved)),
            ("refuses", names.answering(code=5), lambda r: says(r, unresolved)),
            ("says garbage", names.garbage, lambda r: says(r, "the name director.test ")),
            ("says nothing", names.silent,
             lambda r: says(r, "the name director.test was not resolved in time", "resolv.conf"))]:
        yield f"a name server that {name}", names_trial(server, host, behaviour, judge)
    yield "a name server that is not there", nobody_trial(host)
    yield "a stop while a name is resolved", stop_trial(server, host)
    yield "no library and no module is opened", modules_trial(server, host, authority)


# --- Running them

def bring_up_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up_and_running = 0x41
        request = struct.pack("16sh14x", b"lo", up_and_running)
        fcntl.ioctl(any_socket, 0x8914, request)  # SIOCSIFFLAGS
    subprocess.run(["ip", "addr", "add", "fd00::9/128", "dev", "lo", "nodad"], check=True)


def run_inside(options):
    bring_up_loopback()
    server = names.NameServer()
    names.serve_web(socket.AF_INET, "127.0.0.1", DEPLOYMENTS.encode())
    names.serve_web(socket.AF_INET6, "::1", DEPLOYMENTS.encode())
    full = [names.serve_nobody(socket.AF_INET6, "fd00::9"),
            names.serve_nobody(socket.AF_INET, "127.0.0.9")]
    host = Host(options.program)
    authority = Authority(host.root)
    names.serve_web(socket.AF_INET, "127.0.0.1", DEPLOYMENTS.encode(), authority.file)
    passed = failed = 0
    for name, wrong in trials(server, host, authority):
        if options.only not in name:
            continue
        findings = list(wrong)
        passed, failed = passed + (not findings), failed + bool(findings)
        for finding in findings:
            print(f"{name}: {finding.rstrip()}")
        if options.verbose and not findings:
            print(f"{name}: passed")
    shutil.rmtree(host.root)
    del full
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path,
                        default=TESTS.parent / "build/image/rootfs/bin/upkeep")
    parser.add_argument("--only", default="", help="only trials whose name contains this text")
    parser.add_argument("--verbose", action="store_true", help="name the trials that pass, too")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return run_inside(options)
    inside = ["unshare", "--net", "--mount"]
    if subprocess.run([*inside, "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        print("no namespaces can be made here: needs root\n0 passed, 0 failed, 1 skipped")
        return 0
    return subprocess.run([*inside, sys.executable, __file__, *sys.argv[1:], "--inside"],
                          check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
