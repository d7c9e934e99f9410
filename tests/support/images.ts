import { createHash, randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { db } from '#db/client.ts'
import { media, productImages } from '#db/schema/index.ts'

/** A stored image whose renditions are not made yet; returns its hash. */
export async function createImage(): Promise<string> {
  const original = randomBytes(16)
  const hash = createHash('sha256').update(original).digest('hex')
  await db.insert(media).values({ hash, original, byteSize: original.length, contentType: 'image/png' })
  return hash
}

/** An image of a product at a position from 1 to 15, with a hash of that digit and without its bytes; returns its id. */
export async function createProductImage(
  productId: number,
  position: number,
  status: 'ready' | 'pending' = 'ready',
): Promise<number> {
  const hash = position.toString(16).repeat(64)
  const size = status === 'ready' ? { width: 640, height: 480 } : {}
  await db
    .insert(media)
    .values({ hash, status, contentType: 'image/png', byteSize: 1, original: Buffer.alloc(1), ...size })
    .onConflictDoNothing()
  const [image] = await db
    .insert(productImages)
    .values({ productId, position, alt: `image ${position}`, mediaHash: hash })
    .returning({ id: productImages.id })
  return image!.id
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
