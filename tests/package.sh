#!/bin/bash
# The Debian package in a bare Debian 12 with a systemd of its own, as an
# administrator would use it, by README.md: install, first set-up against
# Dovecot and Postfix, roster, letter, service, a report in and its receipt
# out; then doctor, reload, upgrade with a full spool, backup, remove, purge.
# Root only, wants the network for debootstrap and apt-get; never part of
# `make check`.
#
#   package.sh FOLDER    kept and used again; holds the Debian and the package
set -u
[ "$(id -u)" -eq 0 ] && [ $# -eq 1 ] || {
    echo "usage (as root): tests/package.sh FOLDER" >&2
    exit 64
}
cd "$(dirname "$0")/.." || exit 70
mkdir -p "$1" && work=$(cd "$1" && pwd) || exit 70
R=$work/root
inside= # the systemd of the Debian, seen from here

n=0
failed=0
ok() { # ok STATUS NAME [COMMAND…]: what the command says is shown on failure
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        failed=1
        [ $# -lt 3 ] || "${@:3}" 2>&1 | tail -n 12 | sed 's/^/# /'
    fi
}

# ---- two versions of the package
build() { # build VERSION
    local tree=$work/build
    rm -rf "$tree" && mkdir -p "$tree/tiepnhan"
    git -c safe.directory='*' ls-files -z -co --exclude-standard |
        tar --null -T - -cf - | tar -xf - -C "$tree/tiepnhan" &&
        (cd "$tree/tiepnhan" &&
            sed -i "1s/(.*)/($1)/" debian/changelog &&
            DEB_BUILD_OPTIONS="${DEB_BUILD_OPTIONS:-nocheck parallel=2}" \
                dpkg-buildpackage -b -us -uc) > "$work/build-$1.log" 2>&1 &&
        cp "$tree/tiepnhan_$1"_*.deb "$work/tiepnhan_$1.deb" &&
        lintian --fail-on error "$tree/tiepnhan_$1"_*.changes \
            > "$work/lintian-$1.log" 2>&1
}
for version in 0.1.0 0.1.0+next; do
    [ -s "$work/tiepnhan_$version.deb" ] || build $version
    ok $? "version $version is built, lintian has no errors" \
        tail -n 20 "$work/build-$version.log" "$work/lintian-$version.log"
done
[ $failed -eq 0 ] || exit 1

# ---- a bare Debian
if [ ! -e "$R/.ready" ]; then
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,procps \
        bookworm "$R" "${MIRROR:-http://deb.debian.org/debian}" \
        > "$work/debootstrap.log" 2>&1 && touch "$R/.ready"
fi
[ -e "$R/.ready" ]
ok $? "Debian 12 is there" tail -n 5 "$work/debootstrap.log"
[ $failed -eq 0 ] || exit 1
chroot "$R" dpkg -P tiepnhan > /dev/null 2>&1
rm -rf "$R"/etc/tiepnhan* "$R"/var/lib/tiepnhan* "$R/srv/box"
cp "$work"/tiepnhan_*.deb "$R/root/"
# what the package needs is fetched while there is a network
chroot "$R" sh -c 'export DEBIAN_FRONTEND=noninteractive
    echo exit 101 > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d
    apt-get -qq update && apt-get -qq install -y --no-install-recommends \
    dovecot-imapd postfix openssl sqlite3 && apt-get -qq -d install -y \
    --no-install-recommends /root/tiepnhan_0.1.0.deb
    rm /usr/sbin/policy-rc.d' > "$work/apt.log" 2>&1
ok $? "the package's dependencies can be had" tail -n 5 "$work/apt.log"

cat > "$work/boot" <<'BOOT'
R=$1
mount --make-rprivate /
mount --bind "$R" "$R"
mount -t proc proc "$R/proc"
mount -t sysfs -o ro sysfs "$R/sys"
mount -t tmpfs -o mode=755 tmpfs "$R/sys/fs/cgroup"
mkdir "$R/sys/fs/cgroup/systemd" "$R/sys/fs/cgroup/unified"
mount -t cgroup -o none,name=systemd,xattr cgroup "$R/sys/fs/cgroup/systemd" &&
    mount -t cgroup2 cgroup2 "$R/sys/fs/cgroup/unified" || {
    umount "$R/sys/fs/cgroup"
    mount -t cgroup2 cgroup2 "$R/sys/fs/cgroup"
}
mount -t tmpfs tmpfs "$R/run"
mount -t tmpfs tmpfs "$R/tmp"
mount -t tmpfs -o mode=755 tmpfs "$R/dev"
for d in null zero full random urandom tty; do
    touch "$R/dev/$d" && mount --bind "/dev/$d" "$R/dev/$d"
done
ln -s /proc/self/fd "$R/dev/fd"
mkdir "$R/dev/shm" "$R/dev/pts" "$R/dev/mqueue"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$R/dev/pts"
ln -s pts/ptmx "$R/dev/ptmx"
mkdir -p "$R/mnt" && cd "$R" && pivot_root . mnt || exit 1
umount -l /mnt
mount --make-rshared / # as credentials want it
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --system --log-target=journal --show-status=no
BOOT
unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child \
    bash "$work/boot" "$R" > "$work/boot.log" 2>&1 &
outer=$!
trap 'kill -KILL $outer 2> /dev/null; wait $outer 2> /dev/null' EXIT
in_it() { nsenter -t "$inside" --all --root --wd -- "$@"; }
for _ in $(seq 100); do
    inside=$(pgrep -P $outer | head -n 1)
    [ -n "$inside" ] && in_it systemctl is-system-running 2> /dev/null |
        grep -qE 'running|degraded' && break
    sleep 0.2
done
in_it systemctl is-system-running 2> /dev/null | grep -qE 'running|degraded'
ok $? "its systemd runs" tail -n 20 "$work/boot.log"
nsenter -t "$inside" --net ip link set lo up
journal() { in_it journalctl -q --no-pager -u tiepnhand -n 30; }
state_of() { in_it systemctl show -p "$1" --value tiepnhand; }

# ---- install
in_it env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
    --no-install-recommends /root/tiepnhan_0.1.0.deb > "$work/install.log" 2>&1
ok $? "it installs" tail -n 20 "$work/install.log"
[ "$(in_it stat -c '%A %U %G' /etc/tiepnhan /etc/tiepnhan/credentials \
    /var/lib/tiepnhan | tr '\n' ';')" = "drwxr-x--- root tiepnhan;drwx------ \
root root;drwxr-x--- tiepnhan tiepnhan;" ]
ok $? "user and folders are made, the secrets' folder is root's alone" \
    in_it ls -la /etc/tiepnhan /var/lib/tiepnhan
[ "$(state_of ActiveState)" = inactive ]
ok $? "nothing is started before it is configured"
in_it systemctl start tiepnhand 2> /dev/null
journal | grep -q 'no configuration yet; sudo tiepnhan init' &&
    [ "$(state_of ExecMainStatus)" = 78 ] && sleep 1 &&
    [ "$(state_of NRestarts)" = 0 ]
ok $? "started all the same it says what to do, and is not tried again" journal

# ---- a mail server with a certificate of the office's own
in_it sh -c 'umask 022; mkdir -p /srv/ca && cd /srv/ca &&
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -keyout key -out ca.pem -days 90 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost &&
    useradd -M box 2> /dev/null; mkdir -p /srv/box/new /srv/box/cur /srv/box/tmp
    cat > /etc/dovecot/conf.d/99-test.conf <<E
ssl_cert = </srv/ca/ca.pem
ssl_key = </srv/ca/key
mail_location = maildir:/srv/box
passdb {
  driver = static
  args = password=Mot-Mat-Khau
}
userdb {
  driver = static
  args = uid=box gid=box home=/srv
}
E
    chown -R box: /srv/box
    sed -i "s/^!include auth/#&/" /etc/dovecot/conf.d/10-auth.conf
    systemctl restart dovecot' > "$work/dovecot.log" 2>&1
ok $? "a Dovecot is there" tail -n 5 "$work/dovecot.log"
# what goes to the office lands in its mailbox, all else in that of the units
cat > "$R/root/postfix.sh" << 'E'
mkdir -p /srv/units && chown box: /srv/units
cat > /etc/dovecot/conf.d/98-sasl.conf << X
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0660
    user = postfix
    group = postfix
  }
}
X
printf '%s\n' '/^baocao@/ box/' '/./ units/' > /etc/postfix/boxes
postconf -e 'myhostname = localhost' 'mydestination =' \
    'inet_interfaces = loopback-only' 'inet_protocols = ipv4' \
    'local_transport = virtual' 'virtual_mailbox_domains = static:all' \
    'virtual_mailbox_base = /srv' \
    'virtual_mailbox_maps = regexp:/etc/postfix/boxes' \
    "virtual_uid_maps = static:$(id -u box)" \
    "virtual_gid_maps = static:$(id -g box)" \
    'smtpd_tls_cert_file = /srv/ca/ca.pem' \
    'smtpd_tls_key_file = /srv/ca/key' 'smtpd_sasl_type = dovecot' \
    'smtpd_sasl_path = private/auth'
postconf -M 'smtps/inet=smtps inet n - y - - smtpd'
postconf -P 'smtps/inet/smtpd_tls_wrappermode=yes' \
    'smtps/inet/smtpd_sasl_auth_enable=yes' \
    'smtps/inet/smtpd_client_restrictions=permit_sasl_authenticated,reject'
systemctl daemon-reload
systemctl restart dovecot postfix
E
in_it sh -e /root/postfix.sh > "$work/postfix.log" 2>&1
ok $? "and a Postfix, with TLS and the same passwords" \
    tail -n 5 "$work/postfix.log"

# ---- the first ten minutes, as README.md tells them
answers() { # the folders, and all that outgoing mail proposes, as proposed
    printf '%s\n' "Đảng ủy phường Thủy Nguyên" "Ban Xây dựng Đảng" \
        "đồng chí Nguyễn Văn A" "0225 000 100" vanthu@office.example \
        localhost baocao@office.example Mot-Mat-Khau /srv/ca/ca.pem "" \
        "" "" "" "" "" ""
}
answers | in_it tiepnhan init > "$work/init.log" 2>&1
[ $? -eq 0 ] && grep -q 'ok   mailbox: imaps:.*logged in as' "$work/init.log" &&
    grep -q 'ok   outgoing: smtps:.*logged in as' "$work/init.log"
ok $? "init: answers, tried mailbox and SMTP server, a configuration" \
    cat "$work/init.log"
[ "$(in_it stat -c '%a %U' /etc/tiepnhan/tiepnhan.conf \
    /etc/tiepnhan/credentials/mailbox-password \
    /etc/tiepnhan/credentials/outgoing-password | tr '\n' ';')" = \
    "640 root;600 root;600 root;" ]
ok $? "the passwords are root's alone, credentials"
in_it sh -c 'cd && umask 077 &&
    cp /usr/share/tiepnhan/examples/units.csv ours.csv &&
    tiepnhan units import ours.csv' > "$work/units" 2>&1
ok $? "the roster, from a file that only root may read" cat "$work/units"
in_it tiepnhan doctor > "$work/doctor.txt" 2>&1
[ $? -eq 0 ] && ! grep -q ^FAIL "$work/doctor.txt"
ok $? "doctor is content before the first start" cat "$work/doctor.txt"
in_it systemctl enable --now tiepnhand 2> "$work/enable"
ok $? "the service starts, READY once all is right" journal
[ "$(state_of ActiveState)" = active ]
ok $? "and is active"
install -m 600 tests/samples/letters/cong-van-dan-chu.docx "$R/root/"
in_it sh -c 'cd && tiepnhan campaign new cong-van-dan-chu.docx --id dan-chu &&
    tiepnhan campaign edit dan-chu number=12-CV/ĐU "date=$(date +%F)" \
    "from=$(date -d "-9 days" +%F)" "day=$(date -d "14 days" +%F)" \
    "close=$(date -d "60 days" +%F)" && tiepnhan campaign open dan-chu' \
    > "$work/campaign" 2>&1
ok $? "the letter, its number, and the campaign is open" cat "$work/campaign"
in_it tiepnhan remind --preview > "$work/preview" 2>&1
[ "$(grep -c cb.tdp05@thuynguyen.example "$work/preview")" -ge 2 ]
ok $? "reminders are planned" cat "$work/preview"
in_it sendmail -i -f cb.tdp05@thuynguyen.example baocao@office.example \
    < tests/samples/mail/m01-zimbra-web.eml
for _ in $(seq 100); do
    in_it tiepnhan log | grep -q ' BÁO NHẬN  *TDP05 ' && break
    sleep 0.2
done
in_it tiepnhan log > "$work/status.log"
in_it tiepnhan status > "$work/status"
grep -q ' ĐÃ NỘP  *TDP05 .*đúng hạn' "$work/status.log" &&
    grep -q ': 1/60 đơn vị đã nộp' "$work/status"
ok $? "a report that comes by SMTP is filed and counted" \
    cat "$work/status.log"
grep -qs '1/60' "$R/var/lib/tiepnhan/status/dan-chu.html"
ok $? "the page says so"
hour=$(TZ=UTC-7 date +%-H)
if [ "$hour" -ge 6 ] && [ "$hour" -lt 21 ]; then
    for _ in $(seq 50); do
        grep -qrs 'Auto-Submitted: auto-replied' "$R/srv/units/new" && break
        sleep 0.2
    done
    grep -qrs 'To: .*cb.tdp05@thuynguyen.example' "$R/srv/units/new"
else # receipts go by day
    in_it tiepnhan queue | grep -q 'thư báo đã nhận'
fi
ok $? "and the unit has its receipt, through Postfix" in_it tiepnhan queue
cp tests/samples/mail/*.eml "$R/srv/box/new/" && in_it chown -R box: /srv/box
mails=$(($(find tests/samples/mail -name '*.eml' | wc -l) + 1))
taken() {
    [ "$(in_it tiepnhan list --json 2> /dev/null | grep -c '"sha256"')" -eq \
        "$mails" ]
}
for _ in $(seq 300); do taken && break; sleep 0.2; done
taken
ok $? "all mails of the mailbox are taken in, parsed in the jail under the \
unit's own filter ($mails)" journal
in_it tiepnhan queue > "$work/queue" 2>&1
! journal | grep -qiE 'jail|SIGSYS|cannot confine'
ok $? "nothing of the sandbox gets in the way" journal
state_of StatusText | grep -q 'last complete fetch 20'
ok $? "systemctl status tells the last fetch" in_it systemctl status tiepnhand
in_it tiepnhan doctor --json > "$work/doctor.json" 2> "$work/doctor.err"
ok $? "doctor finds no failure" cat "$work/doctor.json" "$work/doctor.err"
grep -q 'mailbox-password comes as a credential' "$work/doctor.json" &&
    grep -q "jail holds: seccomp" "$work/doctor.json" &&
    grep -q 'certificate is good until' "$work/doctor.json"
ok $? "from within the unit's sandbox, with its credentials" \
    cat "$work/doctor.json"
mkdir -p "$R/etc/systemd/system/tiepnhand.service.d"
printf '[Service]\nSystemCallFilter=~seccomp\n' \
    > "$R/etc/systemd/system/tiepnhand.service.d/x.conf"
in_it systemctl daemon-reload
in_it tiepnhan doctor > "$work/doctor.txt" 2>&1
[ $? -eq 69 ] && grep -q '^FAIL  jail' "$work/doctor.txt"
ok $? "a drop-in that forbids the jail is seen" cat "$work/doctor.txt"
rm -r "$R/etc/systemd/system/tiepnhand.service.d"
in_it systemctl daemon-reload
before=$(state_of MainPID)
in_it systemctl reload tiepnhand && sleep 1 &&
    journal | grep -q 'reload: done' && [ "$(state_of MainPID)" = "$before" ]
ok $? "reload takes the configuration anew" journal

# ---- upgrade with a full spool
head=$(in_it tiepnhan verify | sed -n 's/^head: //p')
in_it env DEBIAN_FRONTEND=noninteractive \
    dpkg -i /root/tiepnhan_0.1.0+next.deb > "$work/upgrade.log" 2>&1
ok $? "an upgrade while it runs" cat "$work/upgrade.log"
sleep 2
[ "$(state_of ActiveState)" = active ] && [ "$(state_of MainPID)" != "$before" ]
ok $? "the new program has taken over" journal
taken && in_it tiepnhan verify --head "$head" > "$work/verify" 2>&1
ok $? "nothing of the spool or the chain of events is lost" cat "$work/verify"

# ---- backup, stop, restore
in_it install -d -o tiepnhan -g tiepnhan -m 700 /srv/copies
in_it tiepnhan backup /srv/copies/one > "$work/backup" 2>&1
ok $? "a backup while it runs" cat "$work/backup"
began=$SECONDS
in_it systemctl stop tiepnhand
[ $((SECONDS - began)) -le 8 ] && [ "$(state_of Result)" = success ]
ok $? "it stops cleanly within seconds" journal
in_it sh -c 'mv /var/lib/tiepnhan /var/lib/lost &&
    cp -a /srv/copies/one /var/lib/tiepnhan && chmod 750 /var/lib/tiepnhan &&
    systemctl start tiepnhand'
sleep 1
taken && in_it tiepnhan verify --head "$head" > "$work/verify" 2>&1
ok $? "restored as the manual says, all is there again" cat "$work/verify"

# ---- one more office on the same machine
in_it sh -c 'useradd --system --user-group --home /var/lib/tiepnhan-two \
    --shell /usr/sbin/nologin tiepnhan-two 2> /dev/null
    cp -a /etc/tiepnhan /etc/tiepnhan-two && chgrp -R tiepnhan-two /etc/tiepnhan-two
    sed -i "s|/var/lib/tiepnhan|/var/lib/tiepnhan-two|" \
        /etc/tiepnhan-two/tiepnhan.conf
    systemctl start tiepnhan@two' 2> /dev/null
[ "$(in_it systemctl is-active tiepnhan@two)" = active ] &&
    [ "$(in_it stat -c %U /var/lib/tiepnhan-two)" = tiepnhan-two ]
ok $? "tiepnhan@two serves another office" journal tiepnhan@two
in_it systemctl stop tiepnhan@two

# ---- remove, purge
in_it dpkg -r tiepnhan > "$work/remove.log" 2>&1
ok $? "it is removed" cat "$work/remove.log"
[ ! -e "$R/usr/sbin/tiepnhand" ] && [ -s "$R/var/lib/tiepnhan/tiepnhan.db" ] &&
    [ -s "$R/etc/tiepnhan/tiepnhan.conf" ] && \
    ! in_it pgrep -x tiepnhand > /dev/null
ok $? "stopped, state and configuration kept" ls -la "$R/var/lib/tiepnhan"
in_it dpkg -P tiepnhan > "$work/purge.log" 2>&1
[ $? -eq 0 ] && [ ! -e "$R/var/lib/tiepnhan" ] && [ ! -e "$R/etc/tiepnhan" ]
ok $? "a purge takes both" cat "$work/purge.log"
[ -e "$R/var/lib/tiepnhan-two" ]
ok $? "but not the state of another office"
rm -rf "$R"/etc/tiepnhan-two "$R"/var/lib/tiepnhan-two "$R/var/lib/lost" \
    "$R/srv/copies" "$R/srv/box"
echo "1..$n"
exit $failed
