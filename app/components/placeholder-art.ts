/** Which drawing stands in for a missing picture: always the same one for the same words. */

export const palettes = 7
export const motifs = 10

export type Art = { palette: number; motif: number; isMirrored: boolean; shift: number }

export function artOf(words: string): Art {
  const seed = hash(words)
  return {
    palette: seed % palettes,
    motif: Math.floor(seed / 7) % motifs,
    isMirrored: Math.floor(seed / 97) % 2 === 1,
    shift: (Math.floor(seed / 197) % 5) - 2,
  }
}

/** FNV-1a with a final mix, so that "Mug 1" and "Mug 2" look different. */
function hash(words: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < words.length; i++) value = Math.imul(value ^ words.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b)
  return (value ^ (value >>> 13)) >>> 0
}
