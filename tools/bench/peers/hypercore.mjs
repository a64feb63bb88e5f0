// Appends to a hypercore. usage: node hypercore.mjs FOLDER EVENTS AN_APPEND AT_ONCE BYTES flush|none
// flush: what was appended is flushed to disk before an append counts as done; storage.flush() itself flushes another
// column family than the one that the data are in. Prints the seconds that it took.
import Hypercore from 'hypercore'
import CorestoreStorage from 'hypercore-storage'

const [folder, ...rest] = process.argv.slice(2)
const [events, batch, atOnce, size] = rest.slice(0, 4).map(Number)
const storage = new CorestoreStorage(folder)
const core = new Hypercore(storage)
await core.ready()

async function work (appends) {
  for (let i = 0; i < appends; i++) {
    await core.append(Array.from({ length: batch }, () => Buffer.alloc(size, 0xab)))
    if (rest[4] === 'flush') await storage.db.flush()
  }
}

const start = process.hrtime.bigint()
await Promise.all(Array.from({ length: atOnce }, () => work(events / batch / atOnce)))
console.log(Number(process.hrtime.bigint() - start) / 1e9)
if (core.length !== events) throw new Error('it has ' + core.length + ' entries')
await core.close()
