#!/bin/sh
# Writes a line each second, so that there is always something to see in the output.
trap 'exit 0' TERM
while :; do
  date '+%H:%M:%S'
  sleep 1 & wait $!
done
