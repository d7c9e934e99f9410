import { z } from 'zod'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { uploadRefusalMessages } from '#app/domain/media/upload.ts'
import { parseFormData } from './parse-form.ts'
import { readUpload } from './read-upload.server.ts'

/**
 * Stores every image of an upload form, one after the other, never more than one in memory. Files that are not images
 * are returned with the reason; the others are stored. An empty file field counts as no file.
 */
export async function storeImages(request: Request): Promise<{ hashes: string[]; problems: string[] }> {
  const { form, files } = await readUpload(request)
  await parseFormData(request, form, z.object({}))
  const hashes: string[] = []
  const problems: string[] = []
  let count = 0
  for await (const { filename, bytes } of files) {
    count += 1
    const rest = withoutReturn(bytes)
    const stored = await storeUpload({ filename, bytes: rest })
    if (stored.ok) hashes.push(stored.hash)
    else
      problems.push(
        filename ? `${filename}: ${uploadRefusalMessages[stored.reason]}` : 'Choose an image first.',
      )
    // A file that was refused early still has to be drained, or the next one never arrives.
    for await (const piece of rest) void piece
  }
  if (count === 0) problems.push('Choose an image first.')
  return { hashes, problems }
}

/** The same bytes, but a reader that stops early does not destroy the stream: the rest can still be read. */
function withoutReturn(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  return { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) }
}
