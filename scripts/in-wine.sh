#!/usr/bin/env bash
# Runs a command where Wine is: scripts/in-wine.sh FOLDER PREFIX COMMAND...
# FOLDER is what install-wine.sh has set up, PREFIX the Windows to run it on (a folder; each has services, registry and processes of its own).
# Standard streams, environment and current directory are kept; inside are seen /tmp, FOLDER, this project and the current directory.
set -euo pipefail
folder=$1 prefix=$2
shift 2
project=$(cd "$(dirname "$0")/.." && pwd)

# The mounts are seen by this command and its children only, and go with them.
exec unshare --mount --propagation private bash -c '
  root=$1 prefix=$2 project=$3 folder=$4
  shift 4
  mount --rbind /dev "$root/dev" && mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" && mount --bind /tmp "$root/tmp" || exit 99
  for seen in "$folder" "$project" "$PWD"; do
    [ "$seen" = / ] || { mkdir -p "$root$seen" && mount --bind "$seen" "$root$seen"; } || exit 99
  done
  exec chroot "$root" env -u DISPLAY HOME=/root LANG="${WINE_LANG:-C.UTF-8}" PATH=/usr/lib/wine:/usr/bin:/bin XDG_RUNTIME_DIR=/tmp \
    WINEPREFIX="$prefix" WINEDEBUG="${WINEDEBUG:--all}" WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe,winedbg.exe=d" \
    sh -c "cd \"\$0\" && exec \"\$@\"" "$PWD" "$@"
' in-wine "$folder/debian" "$prefix" "$project" "$folder" "$@"
