"""What the public may see: snapshots written by publishing, and the site made of nothing else."""
