#!/bin/sh
# Cannot start: what it needs is not there, and no restart will cure that.
trap 'exit 0' TERM
echo "looking for the licence server"
sleep 2 & wait $!
echo "no licence server answers" >&2
exit 1
