"""Appends to a hash chain in SQLite, synchronous=FULL. usage: sqlite.py FILE EVENTS A_TRANSACTION THREADS BYTES
Prints the seconds that it took."""
import hashlib, sqlite3, sys, threading, time

path, events, batch, threads, size = sys.argv[1], *map(int, sys.argv[2:6])


def connect():
    db = sqlite3.connect(path, timeout=120, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    return db


def append(db, bodies):
    db.execute("BEGIN IMMEDIATE")
    last = db.execute("SELECT position, hash FROM event ORDER BY position DESC LIMIT 1").fetchone() or (-1, b"")
    rows = []
    for body in bodies:
        last = (last[0] + 1, hashlib.sha256(last[1] + body).digest())
        rows.append((last[0], body, last[1]))
    db.executemany("INSERT INTO event VALUES (?, ?, ?)", rows)
    db.execute("COMMIT")


def work(transactions):
    db = connect()
    for _ in range(transactions):
        append(db, [b"\xab" * size] * batch)
    db.close()


connect().execute("CREATE TABLE event (position INTEGER PRIMARY KEY, body BLOB NOT NULL, hash BLOB NOT NULL)")
pool = [threading.Thread(target=work, args=(events // batch // threads,)) for _ in range(threads)]
start = time.monotonic()
for t in pool:
    t.start()
for t in pool:
    t.join()
print(time.monotonic() - start)
count = connect().execute("SELECT count(*), max(position) FROM event").fetchone()
assert count == (events, events - 1), count
