// RFC 6962 trees with the suite's hash. Numbers are BigInts.

const leafHash = (suite, bytes) => suite.hash(Uint8Array.of(0), bytes);
const nodeHash = (suite, left, right) => suite.hash(Uint8Array.of(1), left, right);

// Whether `path` leads from the leaf's hash at `index` to the root of a tree of `size` (RFC 9162, 2.1.3.2).
async function isIncluded(suite, index, size, leaf, path, root) {
  if (index >= size) return false;
  let fn = index, sn = size - 1n, r = leaf;
  for (const p of path) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      r = await nodeHash(suite, p, r);
      while (!(fn & 1n) && fn !== 0n) fn >>= 1n, sn >>= 1n;
    } else {
      r = await nodeHash(suite, r, p);
    }
    fn >>= 1n, sn >>= 1n;
  }
  return sn === 0n && equal(r, root);
}
