/** Detects the image type from the bytes, whatever the file name says. */

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/avif' | 'image/gif'
export type ImageRefusal = 'empty' | 'heic' | 'svg' | 'not-an-image'

export type ImageKindResult = { ok: true; type: ImageType } | { ok: false; reason: ImageRefusal }

/** Uses only the first bytes; 512 of them are enough. */
export function detectImageType(head: Uint8Array): ImageKindResult {
  const at = (offset: number, ...bytes: number[]) =>
    bytes.every((byte, index) => head[offset + index] === byte)
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to))

  if (head.length === 0) return { ok: false, reason: 'empty' }
  if (at(0, 0xff, 0xd8, 0xff)) return { ok: true, type: 'image/jpeg' }
  if (at(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { ok: true, type: 'image/png' }
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return { ok: true, type: 'image/webp' }
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return { ok: true, type: 'image/gif' }
  if (text(4, 8) === 'ftyp') {
    const brands = text(8, Math.min(64, head.length))
    if (/avi[fs]/.test(brands)) return { ok: true, type: 'image/avif' }
    if (/hei[cxms]|hev[cx]|mif1|msf1/.test(brands)) return { ok: false, reason: 'heic' }
  }
  if (/<svg[\s>]/i.test(text(0, Math.min(512, head.length)))) return { ok: false, reason: 'svg' }
  return { ok: false, reason: 'not-an-image' }
}
