#!/bin/sh
# Begins when the import has completed, and ends with success itself.
trap 'exit 1' TERM
echo "writing the report of $(date '+%Y-%m-%d')"
sleep 5 & wait $!
echo "report written"
