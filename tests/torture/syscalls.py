"""Which system calls can fail, and how: read from strace's log of a run that was left in peace."""

import collections
import re

# brk has no errors: it returns where the break is, so that "before what was wanted" is a failure.
NO_BREAK = "nothing"

# The errors that a call is given. What is not here is not made to fail: it cannot, or what it says
# is not asked (exit_group, futex, munmap, getpid, ...).
ERRORS = {
    "openat": ("EMFILE", "EIO"),
    "read": ("EIO", "EINTR"),
    "pread64": ("EIO",),
    "write": ("ENOSPC", "EIO", "EINTR"),
    "writev": ("ENOSPC", "EIO"),
    "close": ("EIO",),
    "fsync": ("EIO",),
    "lseek": ("EIO",),
    "fstat": ("EIO",),
    "newfstatat": ("EIO",),
    "statx": ("EIO",),
    "getdents64": ("EIO",),
    "rename": ("EIO", "ENOSPC"),
    "renameat": ("EIO", "ENOSPC"),
    "link": ("EIO",),
    "unlink": ("EIO",),
    "mkdir": ("ENOSPC",),
    "mkdirat": ("ENOSPC",),
    "fchmod": ("EIO",),
    "ioctl": ("EIO",),
    "dup": ("EMFILE",),
    "dup2": ("EMFILE",),
    "pipe": ("EMFILE",),
    "pipe2": ("EMFILE",),
    "wait4": ("EINTR",),
    "rt_sigtimedwait": ("EINTR",),
    "eventfd2": ("EMFILE",),
    "epoll_create1": ("EMFILE",),
    "epoll_ctl": ("ENOMEM",),
    "epoll_wait": ("EINTR",),
    "poll": ("EINTR", "ENOMEM"),
    "ppoll": ("EINTR", "ENOMEM"),
    "socket": ("EMFILE",),
    "socketpair": ("EMFILE",),
    "connect": ("ENETUNREACH",),
    "sendto": ("EINTR",),
    "sendmsg": ("ECONNRESET",),
    "recvfrom": ("ECONNRESET", "EINTR"),
    "recvmsg": ("ECONNRESET",),
    "getsockopt": ("ENOBUFS",),
    "setsockopt": ("ENOBUFS",),
    "getsockname": ("ENOBUFS",),
    "mmap": ("ENOMEM",),
    "mremap": ("ENOMEM",),
    "mprotect": ("ENOMEM",),
    "brk": (NO_BREAK,),
    "clone": ("EAGAIN",),
    "clone3": ("EAGAIN",),
    "fork": ("EAGAIN",),
    "vfork": ("EAGAIN",),
    "rt_sigaction": ("EINVAL",),
    "signalfd4": ("EMFILE",),
    "timerfd_create": ("EMFILE",),
    "getrandom": ("EINTR",),
    "getcwd": ("ENOENT",),
    "uname": ("EFAULT",),
    "sysinfo": ("EFAULT",),
    "sched_getaffinity": ("EINVAL",),
}
# Of what stands in line by locks, and starts a program. strace leaves a call out that it makes
# fail: a pipe that was not closed has no end.
OF_LINES = {**ERRORS, "fcntl": ("ENOLCK", "EINTR"), "close": (), "read": ("EINTR",)}
MARK = "getppid"  # the first thing that main does, in the preset torture


def parse(log):
    """(call, how manyth of its thread) for each call after the start of main, in order. strace
    counts in each thread anew: a number that fits a call before main as well is left out."""
    seen, before = collections.Counter(), collections.Counter()
    started, calls = False, []
    for line in log.splitlines():
        match = re.match(r"(\d+) +(\w+)\(", line)
        if not match:
            continue
        thread, call = match.groups()
        seen[thread, call] += 1
        if not started:
            before[call] += 1
        elif seen[thread, call] > before[call]:
            calls.append((call, seen[thread, call]))
        started = started or call == MARK
    return calls


def injection(call, number, error):
    """The words in which strace wants it."""
    how = "retval=0" if error == NO_BREAK else "error=" + error
    return f"{call}:{how}:when={number}"


def plan(calls, errors):
    """(call, n, error) for every call that can fail, each once, in order."""
    wanted = {}
    for call, number in calls:
        for error in errors.get(call, ()):
            wanted[call, number, error] = None
    return list(wanted)
