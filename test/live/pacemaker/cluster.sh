#!/bin/sh
# cluster.sh FOLDER COUNT: nodes of a cluster on a bridge, for as long as this process lives. Runs in a network and a mount namespace of
# its own. A file FOLDER/requests/kill.NODE ends a node as a power cut would, start.NODE switches it on; it goes when that is done.
here=$(dirname "$0")
root=$1 count=$2
mount --make-rprivate /
ip link set lo up
ip link add br0 type bridge
ip addr add 10.9.0.254/24 dev br0
ip link set br0 up

start() {
  number=${1#node}
  ip link del "v$number" 2>/dev/null
  setpriv --pdeathsig KILL unshare -n -m -u -p --fork --kill-child sh "$here/node.sh" "$root" "$1" "10.9.0.$number" &
  parent=$!
  child=
  while [ -z "$child" ]; do
    sleep 0.02
    read -r child _ <"/proc/$parent/task/$parent/children"
  done
  while [ "$(readlink "/proc/$child/ns/net")" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
  ip link add "v$number" type veth peer name eth0 netns "$child"
  ip link set "v$number" master br0 up
  echo "$child" >"$root/$1/pid"
}

for number in $(seq "$count"); do start "node$number"; done
while sleep 0.05; do
  for request in "$root"/requests/*; do
    [ -e "$request" ] || continue
    node=${request##*.}
    case ${request##*/} in
    kill.*) kill -KILL "$(cat "$root/$node/pid")" 2>/dev/null ;;
    start.*) start "$node" ;;
    esac
    sleep 0.05
    rm -f "$request"
  done
done
