"""Run a papertally command that is killed before its nth change to the home.

    python -m bench.faults.kill N ARGUMENT…

A change is what Python does to a file or folder under PAPERTALLY_HOME: open to write, rename,
link, remove, set times or modes. With N = 0 nobody is killed, and the number of changes is
printed at the end. So every gap between two changes of a command can be tried.
"""

import atexit
import os
import signal
import sys

HOME = os.path.abspath(os.environ.get("PAPERTALLY_HOME", "warehouse"))  # noqa: PTH100 (no imports before the hook)
CHANGES = {
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.utime",
}
seen = 0
kill_at = int(sys.argv[1]) if __name__ == "__main__" else 0


def watch(event, arguments):
    global seen  # noqa: PLW0603
    if event == "open":
        path, mode, flags = arguments
        is_change = bool(flags & (os.O_WRONLY | os.O_RDWR)) or bool(mode and set(mode) & set("wa+"))
        paths = [path]
    else:
        is_change, paths = event in CHANGES, arguments[:2]
    if not is_change or not any(HOME in str(path) for path in paths):
        return
    seen += 1
    if seen == kill_at:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    sys.argv = ["papertally", *sys.argv[2:]]
    if not kill_at:
        atexit.register(lambda: print(f"changes: {seen}", file=sys.stderr))
    sys.addaudithook(watch)
    from papertally.cli import main

    main()
