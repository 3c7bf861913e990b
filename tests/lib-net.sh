# Servers for the network tests; sourced. Everything lives below $T, on
# loopback ports that were free a moment ago, and is stopped by pid.
# shellcheck shell=sh

T=$(mktemp -d "${TMPDIR:-/tmp}/tiepnhan-net.XXXXXX") || exit 1
pids=

cleanup() {
    for p in $pids; do kill "$p" 2> /dev/null; done
    for p in $pids; do
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            kill -0 "$p" 2> /dev/null || break
            sleep 0.1
        done
    done
    rm -rf "$T"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

n=0
failed=0
ok() { # ok STATUS NAME
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        # shellcheck disable=SC2034 # of who sourced us
        failed=1
    fi
}
show() { sed 's/^/# /' "$1"; }

free_port() {
    python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

wait_for_port() {
    python3 -c 'import socket, sys, time
for _ in range(100):
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()
        sys.exit(0)
    except OSError:
        time.sleep(0.1)
sys.exit(1)' "$1"
}

# make_ca: $T/ca.pem; cert NAME SUBJECT-ALT-NAME DAYS [self]
make_ca() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -keyout "$T/ca.key" -out "$T/ca.pem" -days 30 \
        -subj "/CN=Test CA" 2> /dev/null
}
cert() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -keyout "$T/$1.key" -out "$T/$1.csr" -subj "/CN=$2" 2> /dev/null
    printf 'subjectAltName=DNS:%s\n' "$2" > "$T/$1.ext"
    if [ "${4:-}" = self ]; then
        openssl x509 -req -in "$T/$1.csr" -signkey "$T/$1.key" -days "$3" \
            -extfile "$T/$1.ext" -out "$T/$1.pem" 2> /dev/null
    elif [ "$3" -lt 0 ]; then
        mkdir -p "$T/db" && : > "$T/db/index" && echo 01 > "$T/db/serial"
        printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s\nserial=%s\n' \
            "$T/db/index" "$T/db/serial" > "$T/db/cnf"
        printf 'new_certs_dir=%s\ndefault_md=sha256\npolicy=p\n' \
            "$T/db" >> "$T/db/cnf"
        printf '[p]\ncommonName=supplied\n' >> "$T/db/cnf"
        openssl ca -batch -config "$T/db/cnf" -cert "$T/ca.pem" \
            -keyfile "$T/ca.key" -in "$T/$1.csr" -out "$T/$1.pem" \
            -extfile "$T/$1.ext" -startdate 20200101000000Z \
            -enddate 20200201000000Z -notext 2> /dev/null
    else
        openssl x509 -req -in "$T/$1.csr" -CA "$T/ca.pem" \
            -CAkey "$T/ca.key" -CAcreateserial -days "$3" \
            -extfile "$T/$1.ext" -out "$T/$1.pem" 2> /dev/null
    fi
}

# dovecot_start NAME CERT: IMAPS on $port, user reader, password secret,
# mailbox $T/NAME/mail (maildir)
dovecot_start() {
    home=$T/$1
    port=$(free_port)
    me=$(id -un 2> /dev/null || id -u)
    group=$(id -gn 2> /dev/null || id -g)
    mkdir -p "$home/run" "$home/mail/new" "$home/mail/cur" "$home/mail/tmp"
    cat > "$home/dovecot.conf" <<EOF
base_dir = $home/run
state_dir = $home/run
log_path = $home/log
auth_verbose = yes
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <$T/$2.pem
ssl_key = <$T/$2.key
ssl_min_protocol = TLSv1.2
default_internal_user = $me
default_internal_group = $group
default_login_user = $me
first_valid_uid = 1
first_valid_gid = 0
mail_location = maildir:$home/mail
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=$(id -u) gid=$(id -g) home=$home
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = $port
  }
}
service stats {
  chroot =
}
EOF
    dovecot -F -c "$home/dovecot.conf" > "$home/out" 2>&1 &
    dovecot_pid=$!
    pids="$pids $dovecot_pid"
    wait_for_port "$port" || { show "$home/out"; show "$home/log"; echo "Bail out! dovecot did not start"; exit 1; }
}

# smtp_sink_start SCRIPT-ARGUMENTS…: tests/smtp-sink.py on $port
smtp_sink_start() {
    port=$(free_port)
    python3 "$SRC/tests/smtp-sink.py" "$port" "$@" > "$T/sink.log" 2>&1 &
    sink_pid=$!
    pids="$pids $sink_pid"
    wait_for_port "$port"
}
