/**
 * The same bytes together in one block of memory of their own, for what is cached. A small Buffer is a slice of a block
 * of 64 KB that the process shares (one from zlib: of 16 KB), and keeps all of it in memory as long as it is there.
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
