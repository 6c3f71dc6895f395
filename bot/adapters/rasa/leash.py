"""Runs a program that must not outlive its parent: `python leash.py PARENT_PID PROGRAM [ARGUMENT…]`.

On Linux the kernel kills the program when the thread that started it is gone, however that happened. Elsewhere the
program is merely run, and the pid file (pid_file.py) finds it at the next start. A script of its own, because the
wish has to be made by the child itself, and code between fork and exec is not safe in a process with threads.

The program gives way to its parent: when there is more to do than the processor can, taking messages, screening them
for emergencies and keeping the clock come before the assistant's answers.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
#: Of the scheduler's 19 steps downwards: about a third of the parent's share when both want more than there is.
GIVES_WAY = 5


def main() -> None:
    parent, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(parent):  # it died before the wish was made
            os._exit(1)
    os.nice(GIVES_WAY)
    try:
        os.execvp(command[0], command)
    except OSError as problem:
        sys.exit(f"{command[0]}: {problem.strerror}")


if __name__ == "__main__":
    main()
