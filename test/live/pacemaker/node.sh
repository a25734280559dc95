#!/bin/sh
# node.sh FOLDER NAME ADDRESS: one node, and pid 1 of its own namespaces: its end is the end of all that runs on it.
set -e
root=$1 name=$2 address=$3
own=$root/$name
hostname "$name"
mount -t proc proc /proc
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
mkdir -p /run/crm /run/lock /etc/pacemaker /var/log/pacemaker /var/log/corosync
chown hacluster:haclient /run/crm
chmod 750 /run/crm
mount --bind "$own/etc" /etc/corosync
for what in pacemaker corosync; do
  mount --bind "$own/lib/$what" "/var/lib/$what"
  mount --bind "$own/log" "/var/log/$what"
done
# The fence agent lies where Pacemaker looks for one, and the cluster's user has the password of the test.
mount -t overlay overlay -o "lowerdir=$root/sbin:/usr/sbin" /usr/sbin
sed "s#^hacluster:[^:]*:#hacluster:$(cat "$root/password"):#" /etc/shadow >/run/shadow
chown root:shadow /run/shadow
chmod 640 /run/shadow
mount --bind /run/shadow /etc/shadow
ip link set lo up
while ! ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done
ip addr add "$address/24" dev eth0
ip link set eth0 up
# On a machine that has much to do it must not miss its turn: nodes that lost each other for a second do not always find back.
nice -n -19 corosync -f >"$own/corosync.log" 2>&1 &
# Pacemaker begins when all nodes see each other; two that began alone would both lead.
wanted=$(grep -c nodeid "$own/etc/corosync.conf")
until corosync-quorumtool -s 2>/dev/null | grep -q "^Nodes: *$wanted\$"; do sleep 0.05; done
export BATON_TEST_REQUESTS="$root/requests"
exec pacemakerd >"$own/pacemakerd.log" 2>&1
