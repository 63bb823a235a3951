"""Notes: what somebody wrote down about others, for nobody else."""
