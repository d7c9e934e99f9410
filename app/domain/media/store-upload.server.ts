import { createHash } from 'node:crypto'
import { transaction } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { media } from '#db/schema/media.ts'
import { pictureKind } from './picture-type.ts'
import { maxPictureBytes, type UploadRefusal } from './upload.ts'

export type StoreUploadResult = { ok: true; hash: string } | { ok: false; reason: UploadRefusal }

/**
 * Keeps an uploaded picture under the SHA-256 of its bytes and has its renditions made; the same picture is kept
 * once. What it is, is told by its bytes and never by its name. Refuses other files and more than 25 MB, of which
 * it reads no more than that.
 */
export async function storeUpload(upload: {
  filename: string
  bytes: AsyncIterable<Uint8Array> | Uint8Array
}): Promise<StoreUploadResult> {
  const original = await readAtMost(upload.bytes, maxPictureBytes)
  if (!original) return { ok: false, reason: 'too-large' }
  const kind = pictureKind(original.subarray(0, 512))
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
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of bytes) {
    total += piece.length
    if (total > limit) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
