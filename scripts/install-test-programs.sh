#!/usr/bin/env bash
# Installs the Debian packages that the tests and benchmarks need beside Node. Safe to run again: what is there stays.
# None of the services is started: the tests start their own, in their own folders.
set -euo pipefail

packages=(
  git procps util-linux      # ps, setpriv, unshare: the tests look at processes from outside
  tmux                       # the console's terminal
  openssh-server openssh-client   # the console over ssh: the tests start an sshd of their own
  htop                       # what the benchmark of the screen compares with
  postgresql redis-server nginx python3   # real programs to watch
  systemd dbus dbus-user-session   # a service manager that the tests start for themselves
  monitoring-plugins-basic   # check_http, check_tcp, check_procs: probes of others, against real servers
  elfutils gdb gcc libc6-dev # eu-stack and gdb look into programs that hang, made by the tests
  runit supervisor s6        # the peers that the benchmarks compare with
)

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "test programs: all ${#packages[@]} packages are installed"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "test programs: missing ${missing[*]}; install them as root: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

# Debian starts a service when it is installed, unless this file says no (invoke-rc.d(8): 101, action forbidden).
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install --yes -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
echo "test programs: installed ${missing[*]}; nothing was started"
