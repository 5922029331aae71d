#!/usr/bin/env bash
# Sets up Wine 10 for the tests of the Windows build: scripts/install-wine.sh [--remove] [FOLDER]
# FOLDER is $PROCSAVER_WINE or /var/cache/procsaver-wine where none is named. Takes a minute and a half and 1.6 GB the first time; what is there stays.
# Debian 12's own Wine 8 cannot run this Node, so the Wine of Debian 13 is put into a folder of its own, which nothing else sees.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

remove=no
if [ "${1:-}" = --remove ]; then remove=yes; shift; fi
folder=$(realpath -m "${1:-${PROCSAVER_WINE:-/var/cache/procsaver-wine}}")

if [ $remove = yes ]; then
  rm -rf --one-file-system "$folder"
  echo "wine: $folder is removed"
  exit 0
fi
if [ -e "$folder/ready" ]; then
  echo "wine: set up in $folder"
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || [ "$(dpkg --print-architecture 2>/dev/null)" != amd64 ]; then
  echo "wine: it is set up by root, on Debian or Ubuntu for amd64" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
mkdir -p "$folder"
log="$folder/install.log"
trap 'echo "wine: it could not be set up; the end of $log:" >&2; tail -5 "$log" >&2' ERR

echo 'wine: compiler and debootstrap'
apt-get update -qq >"$log" 2>&1
apt-get install --yes -qq --no-install-recommends debootstrap gcc-mingw-w64-x86-64-win32 tmux ca-certificates </dev/null >>"$log" 2>&1

# The machine's own source of packages, as apt has it configured.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' | awk '$2 !~ /security|updates/ { print $1; exit }')
debian="$folder/debian"
if [ ! -e "$debian/usr/lib/wine/wine64" ]; then
  echo "wine: Debian 13 into $debian"
  rm -rf --one-file-system "$debian"
  debootstrap --variant=minbase trixie "$debian" "$mirror" >>"$log" 2>&1
  echo "deb $mirror trixie main" >"$debian/etc/apt/sources.list"
  printf '#!/bin/sh\nexit 101\n' >"$debian/usr/sbin/policy-rc.d"
  chmod 755 "$debian/usr/sbin/policy-rc.d"
  echo 'wine: Wine 10 into it'
  chroot "$debian" apt-get update -qq >>"$log" 2>&1
  chroot "$debian" apt-get install --yes -qq --no-install-recommends wine wine64 </dev/null >>"$log" 2>&1
  chroot "$debian" apt-get clean >>"$log" 2>&1
fi

echo 'wine: a Windows to copy for each test'
prefix="$folder/template"
rm -rf "$prefix"
mkdir -p "$prefix" "$folder/runs"
"$here/in-wine.sh" "$folder" "$prefix" wine64 wineboot --init </dev/null >>"$log" 2>&1
"$here/in-wine.sh" "$folder" "$prefix" wineserver64 -w </dev/null >>"$log" 2>&1
touch "$folder/ready"
echo "wine: set up in $folder, $(du -sxm "$folder" | cut -f1) MB"
