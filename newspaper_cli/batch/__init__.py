"""Read many inputs into one folder: tasks, executors, outcomes, and the manifest that leaves none of them out."""

from newspaper_cli.batch.executors import Executor, SerialExecutor
from newspaper_cli.batch.run import Summary, run
from newspaper_cli.batch.tasks import Options, Outcome, Request, Status, Task, plan_tasks

__all__ = [
    "Executor",
    "Options",
    "Outcome",
    "Request",
    "SerialExecutor",
    "Status",
    "Summary",
    "Task",
    "plan_tasks",
    "run",
]
