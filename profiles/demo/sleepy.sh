#!/bin/sh
# Works for a minute, then hangs: it lives on and writes nothing more, as a program does that waits for an answer which never comes.
trap 'exit 0' TERM
left=60
while [ "$left" -gt 0 ]; do
  echo "counting parcels, for $left seconds more"
  left=$((left - 1))
  sleep 1 & wait $!
done
echo "asking the warehouse"
sleep 86400 & wait $!
