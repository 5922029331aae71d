#!/bin/sh
# Works for 10 to 20 seconds, then exits with 1.
trap 'exit 0' TERM
random=$(od -An -N1 -tu1 /dev/urandom)
left=$((10 + random % 11))
while [ "$left" -gt 0 ]; do
  echo "all is well, for $left seconds more"
  left=$((left - 1))
  sleep 1 & wait $!
done
echo "something unforeseen has happened" >&2
exit 1
