import { createHash } from 'node:crypto'
import { transaction } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { media } from '#db/schema/media.ts'
import { detectImageType } from './image-type.ts'
import { maxImageBytes, type UploadRefusal } from './upload.ts'

export type StoreUploadResult = { ok: true; hash: string } | { ok: false; reason: UploadRefusal }

/**
 * Stores an uploaded image under the SHA-256 of its bytes and queues its renditions; the same image is stored once. Its
 * type is detected from its bytes, never from its name. Refuses other files and more than 25 MB, reading no further
 * than that.
 */
export async function storeUpload(upload: {
  filename: string
  bytes: AsyncIterable<Uint8Array> | Uint8Array
}): Promise<StoreUploadResult> {
  const original = await readAtMost(upload.bytes, maxImageBytes)
  if (!original) return { ok: false, reason: 'too-large' }
  const kind = detectImageType(original.subarray(0, 512))
  if (!kind.ok) return kind
  const hash = createHash('sha256').update(original).digest('hex')
  await transaction(async (tx) => {
    const made = await tx
      .insert(media)
      .values({
        hash,
        original,
        contentType: kind.type,
        byteSize: original.length,
        filename: upload.filename.slice(0, 255).toWellFormed().replaceAll('\0', ''),
      })
      .onConflictDoNothing()
      .returning({ hash: media.hash })
    if (made.length > 0) await enqueue(tx, 'make-renditions', { hash })
  })
  return { ok: true, hash }
}

async function readAtMost(
  bytes: AsyncIterable<Uint8Array> | Uint8Array,
  limit: number,
): Promise<Buffer | null> {
  if (bytes instanceof Uint8Array) return bytes.length > limit ? null : Buffer.from(bytes)
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of bytes) {
    total += chunk.length
    if (total > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
