"""Read many inputs into one folder: tasks, executors, outcomes, and the manifest that leaves none of them out."""
