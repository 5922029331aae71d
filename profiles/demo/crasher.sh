#!/bin/sh
# Dies of SIGSEGV after 35 to 50 seconds, as a program with a wild pointer does. Leaves no core file.
trap 'exit 0' TERM
ulimit -c 0
random=$(od -An -N1 -tu1 /dev/urandom)
left=$((35 + random % 16))
echo "following a pointer for $left seconds"
while [ "$left" -gt 0 ]; do
  left=$((left - 1))
  sleep 1 & wait $!
done
kill -SEGV $$
