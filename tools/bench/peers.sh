#!/usr/bin/env bash
# What other stores of chained records reach on this machine, beside pufa and its floors, as a Markdown table.
# usage: tools/bench/peers.sh [FOLDER]   on a disk with 2 GiB; empty: the current folder
#
# Each makes an entry durable before it says so, but hypercore without flush. None of them verifies a signature, judges a rule or proves
# anything to others, as pufa does; their entries have 300 bytes. Syncs: PostgreSQL by its own
# statistics, the others' calls of fsync and fdatasync by strace, which stops them nowhere else.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=$(mktemp -d "${1:-$PWD}/pufa-peers-XXXXXX")
bytes=300
pg=/usr/lib/postgresql/15/bin

as_postgres() {   # which refuses to run as root
  if [ "$(id -u)" -eq 0 ]; then (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); else "$@"; fi
}
end() {
  [ ! -f "$scratch/pg/postmaster.pid" ] || as_postgres "$pg/pg_ctl" -D "$scratch/pg" stop -m immediate >/dev/null
  rm -rf "$scratch"
}
trap end EXIT

prepare() {
  "$root/tools/packages.sh" postgresql-15 strace fio >&2
  cp "$here/peers/hypercore.mjs" "$scratch/"
  (cd "$scratch" && npm install --silent --no-fund --no-audit hypercore@11.37.1) >&2
  (cd "$root" && cmake --preset release && cmake --build --preset release --target pufa) >&2
}

# row NAME HOW EVENTS SECONDS SYNCS
row() { awk -v n="$1" -v h="$2" -v e="$3" -v s="$4" -v y="$5" 'BEGIN { printf "| %s | %s | %d | %d | %s |\n", n, h, e, e / s, y }'; }

# Runs a program that prints the seconds it took; with the syncs that it made: SECONDS SYNCS.
counted() {
  local seconds
  seconds=$(strace --seccomp-bpf -f -qq -c -U name,calls -e trace=fsync,fdatasync -o "$scratch/calls" "$@")
  echo "$seconds $(awk '/sync/ { n += $2 } END { print n + 0 }' "$scratch/calls")"
}

start_postgres() {
  mkdir "$scratch/pg"
  [ "$(id -u)" -ne 0 ] || { chown postgres "$scratch/pg" && chmod 755 "$scratch"; }
  as_postgres "$pg/initdb" -D "$scratch/pg" -A trust >/dev/null
  as_postgres "$pg/pg_ctl" -D "$scratch/pg" -w -o "-c listen_addresses= -c unix_socket_directories=$scratch/pg -c max_connections=100" -l "$scratch/pg/log" start >/dev/null
}
query() { as_postgres "$pg/psql" -h "$scratch/pg" -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

# postgres HOW EVENTS_A_TRANSACTION CLIENTS TRANSACTIONS
postgres() {
  query -c 'DROP TABLE IF EXISTS event; DROP FUNCTION IF EXISTS chain' 2>/dev/null
  query <"$here/peers/chain.sql"
  echo "INSERT INTO event (body) SELECT convert_to(repeat('x', $bytes), 'UTF8') FROM generate_series(1, $2);" >"$scratch/append.sql"
  query -c "SELECT pg_stat_reset_shared('wal')" >/dev/null
  local tps
  tps=$(as_postgres "$pg/pgbench" -h "$scratch/pg" -n -f "$scratch/append.sql" -c "$3" -j 2 -t $(($4 / $3)) | awk '/^tps/ { print $3 }')
  sleep 2   # its statistics are written after the transactions
  row "PostgreSQL 15" "$1" $(($2 * $4)) "$(awk -v n="$4" -v t="$tps" 'BEGIN { print n / t }')" "$(query -c 'SELECT wal_sync FROM pg_stat_wal')"
}

# sqlite HOW EVENTS A_TRANSACTION THREADS
sqlite() {
  rm -f "$scratch"/chain.db*
  row "SQLite, synchronous=FULL" "$1" "$2" $(counted python3 "$here/peers/sqlite.py" "$scratch/chain.db" "$2" "$3" "$4" $bytes)
}

# hypercore HOW EVENTS AN_APPEND AT_ONCE flush|none
hypercore() {
  rm -rf "$scratch/core"
  local name="hypercore 11.37.1"
  [ "$5" = flush ] || name="$name, not flushed"
  row "$name" "$1" "$2" $(counted node "$scratch/hypercore.mjs" "$scratch/core" "$2" "$3" "$4" $bytes "$5")
}

# bench ROW: measures that figure; of FIELD: what of it
bench() { "$root/build/release/bin/pufa" bench --row "$1" --dir "$scratch" --json >"$scratch/row.json"; }
of() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["rows"][-1][sys.argv[2]])' "$scratch/row.json" "$1"; }

# pufa HOW ROW EVENTS
pufa() {
  bench "$2"
  row pufa "$1" "$3" "$(awk -v e="$3" -v v="$(of value)" 'BEGIN { print e / v }')" "$(of syncs)"
  row "its floor" "$1" "$3" "$(awk -v e="$3" -v v="$(of floor)" 'BEGIN { print e / v }')" ""
}

# beside WHAT ROW TOOL MEASURE: both in turns, as the machine's speed comes and goes; the turn whose ratio is the middle one
beside() {
  for turn in 1 2 3 4 5; do
    bench "$2"
    awk -v w="$1" -v o="$(of value)" -v u="$(of unit)" -v t="$3" -v r="$("$4")" 'BEGIN { printf "%.4f| %s | %d %s | %s: %d | %.2f |\n", o / r, w, o, u, t, r, o / r }'
  done | sort -n | sed -n '3s/^[^|]*//p'
}
fio_appends() {
  rm -f "$scratch"/append.*   # writing over a file costs otherwise
  fio --name=append --directory="$scratch" --rw=write --bs=4k --size=1g --fallocate=none --fdatasync=1 --ioengine=sync \
    --time_based=0 --runtime=5 --output-format=json | python3 -c 'import json, sys; print(json.load(sys.stdin)["jobs"][0]["write"]["iops"])'
}
openssl_verifications() { openssl speed -seconds 3 ed25519 2>/dev/null | awk '/Ed25519/ { print $NF }'; }
openssl_hashing() { openssl speed -seconds 3 -bytes 16384 -evp sha256 2>/dev/null | awk '/^sha256/ { print $2 / 1000 }'; }

prepare
start_postgres
big="10,000 at a time" many="one at a time, 64 at once" one="one at a time"
echo "| store | how | entries | entries/s | syncs |"
echo "|---|---|--:|--:|--:|"
pufa "$big" 1 1000000
postgres "$big" 10000 1 10
sqlite "$big" 100000 10000 1
hypercore "$big" 100000 10000 1 flush
hypercore "$big" 100000 10000 1 none
pufa "$many" 2 32000
postgres "$many" 1 64 6400
sqlite "$many" 6400 1 64
hypercore "$many" 6400 1 64 flush
hypercore "$many" 32000 1 64 none
pufa "$one" 3 2000
postgres "$one" 1 1 2000
sqlite "$one" 2000 1 1
hypercore "$one" 2000 1 1 flush
hypercore "$one" 2000 1 1 none

echo
echo "| what floors are made of | pufa bench | another program | ratio |"
echo "|---|--:|--:|--:|"
beside "synced appends" 12 "fio" fio_appends
beside "Ed25519 verifications" 13 "openssl speed" openssl_verifications
beside "SHA-256" 14 "openssl speed, MB/s" openssl_hashing
