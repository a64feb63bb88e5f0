// Why a file does not hold: the level at which it fails, a code, and the record at fault.

class Fault extends Error {
  constructor(level, code, detail = '', position = null) {
    super(`${level}: ${code} ${detail}`);
    Object.assign(this, { level, code, detail, position });
  }
}

const malformed = (detail) => new Fault('parsed', 'evidence-malformed', detail);
const notCanonical = (detail) => new Fault('parsed', 'not-canonical', detail);

// Runs f; a failure in it is told at this level, and of this record.
async function at(level, position, f) {
  try {
    return await f();
  } catch (e) {
    if (!(e instanceof Fault)) throw e;
    throw new Fault(level, e.code, e.detail, position);
  }
}
