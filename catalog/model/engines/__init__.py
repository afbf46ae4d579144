"""Where the sums over shoppers are made: in this process, or on a cluster; equal results."""
