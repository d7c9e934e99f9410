/**
 * Remembers a file's handles, 16 bytes each: a million handles fit in 32 MB, where a Set of strings takes several times
 * that. Two 53-bit hashes make a false match practically impossible.
 */
export class HandleSet {
  #size = 0
  #first = new Float64Array(1024)
  #second = new Float64Array(1024)

  /** Adds the handle; true when it was already in the set. */
  add(handle: string): boolean {
    if (this.#size * 2 >= this.#first.length) this.#grow()
    return this.#insert(hash(handle, 1), hash(handle, 2))
  }

  #insert(first: number, second: number): boolean {
    const mask = this.#first.length - 1
    let slot = first % this.#first.length
    while (this.#first[slot] !== 0) {
      if (this.#first[slot] === first && this.#second[slot] === second) return true
      slot = (slot + 1) & mask
    }
    this.#first[slot] = first
    this.#second[slot] = second
    this.#size++
    return false
  }

  #grow(): void {
    const [first, second] = [this.#first, this.#second]
    this.#first = new Float64Array(first.length * 2)
    this.#second = new Float64Array(first.length * 2)
    this.#size = 0
    first.forEach((value, slot) => value !== 0 && this.#insert(value, second[slot]!))
  }
}

/** cyrb53 (public domain, bryc): a fast 53-bit string hash; never 0 here, which marks a free slot. */
function hash(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed
  let b = 0x41c6ce57 ^ seed
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0) || 1
}
