/**
 * A copy of the bytes in one block of memory of their own, for caches. A small Buffer is a slice of a shared 64 KB
 * block (one from zlib: of 16 KB) and keeps the whole block in memory.
 */
export function ownBytes<Slices extends Buffer[]>(slices: Slices): Slices {
  const own = Buffer.from(new ArrayBuffer(slices.reduce((sum, { length }) => sum + length, 0)))
  let at = 0
  return slices.map((slice) => {
    own.set(slice, at)
    at += slice.length
    return own.subarray(at - slice.length, at)
  }) as Slices
}
