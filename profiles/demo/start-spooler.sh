#!/bin/sh
# Starts the spooler of the queue named in the first argument, detached, as the start script of an old program does.
setsid sh spooler.sh --queue "$1" </dev/null >/dev/null 2>&1 &
