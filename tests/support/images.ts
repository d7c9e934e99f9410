import { createHash, randomBytes } from 'node:crypto'
import { db } from '#db/client.ts'
import { media } from '#db/schema/index.ts'

/** A stored image whose renditions are not made yet; returns its hash. */
export async function createImage(): Promise<string> {
  const original = randomBytes(16)
  const hash = createHash('sha256').update(original).digest('hex')
  await db.insert(media).values({ hash, original, byteSize: original.length, contentType: 'image/png' })
  return hash
}
