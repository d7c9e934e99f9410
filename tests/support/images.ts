import { createHash, randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { db } from '#db/client.ts'
import { media } from '#db/schema/index.ts'

/** A stored image whose renditions are not made yet; returns its hash. */
export async function createImage(): Promise<string> {
  const original = randomBytes(16)
  const hash = createHash('sha256').update(original).digest('hex')
  await db.insert(media).values({ hash, original, byteSize: original.length, contentType: 'image/png' })
  return hash
}

/** A PNG of one color, which differs each time. */
export function createImageBytes(
  size: { width: number; height: number } = { width: 640, height: 480 },
): Promise<Buffer> {
  const background = `#${randomBytes(3).toString('hex')}`
  return sharp({ create: { ...size, channels: 3, background } })
    .png()
    .toBuffer()
}
