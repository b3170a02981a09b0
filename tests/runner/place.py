"""Where a case runs: the programs under test, and a folder of the case's own, perhaps a chroot."""

import os
import pathlib
import shutil
import stat
import tempfile

from .case_file import REPOSITORY, bytes_of

DEVICES = {"null": (1, 3), "zero": (1, 5), "full": (1, 7), "random": (1, 8), "urandom": (1, 9)}


def newest(paths, what, advice):
    built = [path for path in paths if path.is_file()]
    if not built:
        raise SystemExit(f"run_cases: there is no {what}: {advice}")
    return max(built, key=lambda path: path.stat().st_mtime)


def default_program():
    builds = [REPOSITORY / "build" / preset / "upkeep" for preset in ("dev", "release", "clang")]
    return newest(builds, "program to test", "build it (ci/build), or name one with --program")


def default_standin():
    builds = [REPOSITORY / "build" / preset / folder / "standin"
              for preset in ("dev", "release", "clang") for folder in (".", "tests")]
    return newest(builds, "stand-in for servers", "build it (ci/build dev), or use --standin")


class Program:
    """A root file system with the program in it, or one binary, made to look like that."""

    def __init__(self, path, chroot=False):
        path = pathlib.Path(path).resolve()
        self.chroot = chroot
        self._links = None
        if path.is_dir():
            self.root = path
            if not (path / "bin" / "upkeep").exists():
                raise SystemExit(f"run_cases: {path} holds no bin/upkeep")
        elif not path.is_file():
            raise SystemExit(f"run_cases: {path}: there is no such program")
        elif chroot:
            raise SystemExit("run_cases: --chroot needs --program FOLDER, a root file system")
        else:
            self.root = self._root_of_links(path)
        binary = (self.root / "bin" / "upkeep").resolve()
        self.sanitized = b"__asan_init" in binary.read_bytes()

    def _root_of_links(self, binary):
        self._links = tempfile.TemporaryDirectory(prefix="upkeep-program-")
        root = pathlib.Path(self._links.name)
        for path in ("bin/upkeep", "opt/resource/check", "opt/resource/in", "opt/resource/out"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).symlink_to(binary)
        return root

    def on_host(self):
        """The same program, outside of a chroot."""
        return Program(self.root) if self.chroot else self

    def path(self, run):
        inside = f"/opt/resource/{run}" if isinstance(run, str) else "/bin/upkeep"
        return inside if self.chroot else str(self.root) + inside


def _link_or_copy(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _make_root(root, image):
    """A copy of the image with what a container is given: /tmp and a few devices."""
    shutil.copytree(image, root, symlinks=True, copy_function=_link_or_copy, dirs_exist_ok=True)
    (root / "tmp").mkdir(exist_ok=True)
    (root / "dev").mkdir(exist_ok=True)
    for name, (major, minor) in DEVICES.items():
        os.mknod(root / "dev" / name, stat.S_IFCHR | 0o666, os.makedev(major, minor))
        os.chmod(root / "dev" / name, 0o666)


class Place:
    """The folder of one case: `files` as laid out (`((folder))`), `get` for in and out (`((get))`),
    `ca` with the stand-in's authorities. In a chroot they lie below its /tmp."""

    def __init__(self, program):
        self.program = program
        self._holder = tempfile.mkdtemp(prefix="upkeep-case-")
        holder = pathlib.Path(self._holder)
        holder.chmod(0o755)
        self.standin = holder / "standin"
        self.root = holder / "root" if program.chroot else None
        self.outside = self.root / "tmp" / "case" if program.chroot else holder / "case"
        self.inside = "/tmp/case" if program.chroot else str(self.outside)
        self.standin.mkdir()
        if program.chroot:
            _make_root(self.root, program.root)
        for name in ("files", "get", "ca"):
            (self.outside / name).mkdir(parents=True)

    def lay_out(self, files):
        for path, content in files.items():
            target = self.outside / "files" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, dict) and "folder" in content:
                target.mkdir(exist_ok=True)
            elif isinstance(content, dict) and "link" in content:
                target.symlink_to(content["link"])
            else:
                target.write_bytes(bytes_of(content))

    def snapshot(self):
        """Every file there is, with what it holds, by its path: below the root in a chroot."""
        top = self.root or self.outside
        found = {}
        for folder, names, files in os.walk(top):
            if self.root and pathlib.Path(folder) == self.root / "dev":
                continue
            for name in files + [n for n in names if os.path.islink(os.path.join(folder, n))]:
                path = os.path.join(folder, name)
                found["/" + os.path.relpath(path, top)] = _what_is(path)
        return found

    def prefix(self, run):
        """Where the files that `run` writes are expected to be, in the paths of a snapshot."""
        folder = "get" if run in ("in", "out") else "files"
        return ("/tmp/case/" if self.root else "/") + folder + "/"

    def remove(self):
        shutil.rmtree(self._holder, ignore_errors=True)

    def kept(self):
        return self._holder


def _what_is(path):
    status = os.lstat(path)
    if stat.S_ISREG(status.st_mode):
        with open(path, "rb") as stream:
            return (stat.S_IMODE(status.st_mode), stream.read())
    if stat.S_ISLNK(status.st_mode):
        return (0o777, b"link to " + os.readlink(path).encode())
    return (stat.S_IMODE(status.st_mode), b"neither a file nor a link")
