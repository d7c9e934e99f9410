import type { Submission } from '@conform-to/zod/v4'
import { z } from 'zod'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { uploadRefusalMessages } from '#app/domain/media/upload.ts'
import { hasValidCsrfToken } from '#app/http/session/session.server.ts'
import { parseForm, parseFormData } from './parse-form.ts'
import { readUpload, type UploadedFile } from './read-upload.server.ts'

type Stored = { hashes: string[]; problems: string[] }

/**
 * Stores every image of an upload form. Files that are not images are returned with the reason; the others are stored.
 */
export async function storeImages(request: Request): Promise<Stored> {
  const { form, files } = await readUpload(request)
  await parseFormData(request, form, z.object({}))
  const stored = await storeFiles(files)
  if (stored.hashes.length + stored.problems.length === 0) stored.problems.push('Choose an image first.')
  return stored
}

/**
 * Like parseForm, for a form that can also send images in a file field: they are stored, and their hashes are
 * values of the field "images", so that a refused form can be sent again without them. `problems` names the files that
 * are not images.
 */
export async function parseFormWithImages<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<{ submission: Submission<z.output<Schema>>; problems: string[] }> {
  if (!request.headers.get('content-type')?.startsWith('multipart/'))
    return { submission: await parseForm(request, schema), problems: [] }
  const { form, files } = await readUpload(request)
  if (!(await hasValidCsrfToken(request, form.get('csrf')))) throw new Response('Forbidden', { status: 403 })
  const { hashes, problems } = await storeFiles(files)
  for (const hash of hashes) form.append('images', hash)
  return { submission: await parseFormData(request, form, schema), problems }
}

/** One after the other, never more than one in memory. An empty file field counts as no file. */
async function storeFiles(files: AsyncIterable<UploadedFile>): Promise<Stored> {
  const hashes: string[] = []
  const problems: string[] = []
  for await (const { filename, bytes } of files) {
    const rest = withoutReturn(bytes)
    const stored = await storeUpload({ filename, bytes: rest })
    if (stored.ok) hashes.push(stored.hash)
    else if (filename || stored.reason !== 'empty')
      problems.push(`${filename || 'Image'}: ${uploadRefusalMessages[stored.reason]}`)
    // A file that was refused early still has to be drained, or the next one never arrives.
    for await (const piece of rest) void piece
  }
  return { hashes, problems }
}

/**
 * Parses a form with an optional image after its fields, and stores the image if the fields are valid. `hash` is
 * undefined without an image, `problem` is why it was refused.
 */
export async function parseFormWithImage<Schema extends z.ZodType>(request: Request, schema: Schema) {
  const { form, files } = await readUpload(request)
  const submission = await parseFormData(request, form, schema)
  let hash: string | undefined
  let problem: string | undefined
  for await (const { filename, bytes } of files) {
    const rest = withoutReturn(bytes)
    if (filename !== '' && submission.status === 'success') {
      const stored = await storeUpload({ filename, bytes: rest })
      if (stored.ok) hash = stored.hash
      else problem = `${filename}: ${uploadRefusalMessages[stored.reason]}`
    }
    for await (const piece of rest) void piece
  }
  return { submission, hash, problem }
}

/**
 * Parses a form with some optional images after its fields, and stores them if the fields are valid: at most `max`.
 * `find` reads what the form is about, once its CSRF token is checked and before anything is stored; it may throw a
 * Response. `problem` is why an image was refused; the caller then discards the others.
 */
export async function parseFormWithFewImages<Schema extends z.ZodType, Found>(
  request: Request,
  schema: Schema,
  { max, find }: { max: number; find: () => Promise<Found> },
) {
  const { form, files } = await readUpload(request)
  const submission = await parseFormData(request, form, schema)
  const found = await find()
  const isValid = submission.status === 'success'
  const { hashes, problems } = await storeFiles(isValid ? atMost(files, max) : noFiles())
  for await (const { bytes } of files) for await (const piece of bytes) void piece
  const problem = hashes.length > max ? `Choose at most ${max} images.` : problems[0]
  return { submission, found, hashes, problem }
}

/** One more than allowed, so that there being too many is noticed. */
async function* atMost(files: AsyncIterable<UploadedFile>, max: number) {
  const iterator = files[Symbol.asyncIterator]()
  for (let count = 0; count <= max; count++) {
    const next = await iterator.next()
    if (next.done) return
    yield next.value
  }
}

async function* noFiles(): AsyncGenerator<UploadedFile> {}

/** The same bytes, but a reader that stops early does not destroy the stream: the rest can still be read. */
function withoutReturn(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  return { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) }
}
