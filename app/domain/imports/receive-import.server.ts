import { eq } from 'drizzle-orm'
import { auditedTransaction, db, transaction } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { importChunks, imports } from '#db/schema/imports.ts'
import { cleanText } from './clean-text.ts'

export const maxFileBytes = 512 * 1024 * 1024
const chunkBytes = 256 * 1024

export type Upload = { filename: string; bytes: AsyncIterable<Uint8Array>; overwrite: boolean; by: number }
export type ReceiveResult = { ok: true; id: number } | { ok: false; reason: 'empty' | 'too-large' }

const unfinished = 'The upload was cut off before the end of the file. Upload it again.'

/**
 * Stores an uploaded file in chunks of 256 KB as it streams in, and starts the dry run. The bytes come from the
 * network, so no transaction is held open during the upload; until the last chunk is stored, the import says that its
 * upload is incomplete. A failed upload leaves nothing.
 */
export async function receiveImport(upload: Upload): Promise<ReceiveResult> {
  const { by } = upload
  const [row] = await auditedTransaction(by, (tx) =>
    tx
      .insert(imports)
      .values({
        filename: cleanText(upload.filename).slice(0, 255).toWellFormed() || 'products.csv',
        byteSize: 0,
        status: 'failed',
        failure: unfinished,
        overwrite: upload.overwrite,
        byUserId: by,
      })
      .returning({ id: imports.id }),
  )
  const id = row!.id
  try {
    const byteSize = await storeChunks(id, upload.bytes)
    if (byteSize === 0 || byteSize > maxFileBytes) {
      await forget(id, by)
      return { ok: false, reason: byteSize === 0 ? 'empty' : 'too-large' }
    }
    // Still the same upload, so the activity does not list it again.
    await transaction(async (tx) => {
      await tx.update(imports).set({ byteSize, status: 'uploaded', failure: null }).where(eq(imports.id, id))
      await enqueue(tx, 'read-import', { importId: id })
    })
    return { ok: true, id }
  } catch (error) {
    await forget(id, by).catch(() => {})
    throw error
  }
}

async function storeChunks(importId: number, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let total = 0
  let position = 0
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  const store = async () => {
    if (waitingBytes === 0) return
    await db.insert(importChunks).values({ importId, position: position++, bytes: Buffer.concat(waiting) })
    waiting = []
    waitingBytes = 0
  }
  for await (const chunk of bytes) {
    total += chunk.length
    if (total > maxFileBytes) return total
    waiting.push(chunk)
    waitingBytes += chunk.length
    if (waitingBytes >= chunkBytes) await store()
  }
  await store()
  return total
}

async function forget(id: number, by: number): Promise<void> {
  await auditedTransaction(by, (tx) => tx.delete(imports).where(eq(imports.id, id)))
}
