/** Which drawing replaces a missing image: always the same one for the same text. */

export const palettes = 7
export const motifs = 10

export type Art = { palette: number; motif: number; isMirrored: boolean; shift: number }

export function placeholderArt(seed: string): Art {
  const code = hash(seed)
  return {
    palette: code % palettes,
    motif: Math.floor(code / 7) % motifs,
    isMirrored: Math.floor(code / 97) % 2 === 1,
    shift: (Math.floor(code / 197) % 5) - 2,
  }
}

/** FNV-1a with a final mix, so that "Mug 1" and "Mug 2" look different. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b)
  return (value ^ (value >>> 13)) >>> 0
}
