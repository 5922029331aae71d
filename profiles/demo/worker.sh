#!/bin/sh
# One of three that do the same work: packs an order now and then.
trap 'echo "worker ends"; exit 0' TERM
echo "worker $$ is waiting for jobs"
order=0
while :; do
  # `wait` can be interrupted by the trap, `sleep` cannot.
  sleep 3 & wait $!
  order=$((order + 1))
  echo "worker $$ has packed order $order"
done
