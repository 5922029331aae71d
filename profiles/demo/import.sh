#!/bin/sh
# A batch: imports ten files, then ends with success.
trap 'exit 1' TERM
file=0
while [ "$file" -lt 10 ]; do
  file=$((file + 1))
  echo "importing file $file of 10"
  sleep 1 & wait $!
done
echo "import completed"
