import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'

export type UploadedFile = { field: string; filename: string; bytes: AsyncIterable<Uint8Array> }
export type UploadForm = {
  /** The fields before the first file; once the files are read, all of them. */
  form: FormData
  /** The files as streams; each is read to its end before the next. */
  files: AsyncIterable<UploadedFile>
}

type Event = { kind: 'file'; file: UploadedFile } | { kind: 'end' } | { kind: 'error' }

/** A field cut off at this size has more characters than any field may have, and is refused as too long. */
const maxFieldBytes = 256 * 1024

const limits = {
  // One more than a form may have, so that parseForm refuses it.
  fields: 501,
  fieldSize: maxFieldBytes,
  fieldNameSize: 200,
  files: 50,
  parts: 560,
  headerPairs: 20,
}

/**
 * Parses a multipart form without holding its files in memory. The CSRF token must come before the files. Throws a 400 Response for a body that is no such form, and while a file is read when the body ends early.
 */
export async function readUpload(request: Request): Promise<UploadForm> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type) || !request.body) throw badRequest()
  const form = new FormData()
  const events = new EventQueue()
  let busboy: BusboyInstance
  try {
    busboy = new Busboy({ headers: { 'content-type': type }, limits })
  } catch {
    throw badRequest()
  }
  let open: BusboyFileStream | undefined
  busboy.on('field', (name, value) => form.append(name, value))
  busboy.on('file', (field, stream, filename) => {
    open = stream
    // The error reaches the reader of the stream; without a reader it must not end the process.
    stream.on('error', () => {})
    events.push({ kind: 'file', file: { field, filename: filename ?? '', bytes: whole(stream) } })
  })
  void pipeline(Readable.fromWeb(request.body as never), busboy).then(
    () => events.push({ kind: 'end' }),
    (error: Error) => {
      open?.destroy(error)
      events.push({ kind: 'error' })
    },
  )
  const first = await events.next()
  if (first.kind === 'error') throw badRequest()
  return { form, files: filesOf(first, events) }
}

async function* filesOf(first: Event, events: EventQueue): AsyncGenerator<UploadedFile> {
  for (let event = first; event.kind !== 'end'; event = await events.next()) {
    if (event.kind === 'error') throw badRequest()
    yield event.file
  }
}

/** An error of the stream is an error of the request. */
async function* whole(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = stream[Symbol.asyncIterator]()
  for (;;) {
    const piece = await pieces.next().catch(() => {
      throw badRequest()
    })
    if (piece.done) return
    yield piece.value
  }
}

class EventQueue {
  #events: Event[] = []
  #waiting: ((event: Event) => void) | undefined

  push(event: Event): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) waiting(event)
    else this.#events.push(event)
  }

  next(): Promise<Event> {
    const event = this.#events.shift()
    if (event) return Promise.resolve(event)
    return new Promise((resolve) => (this.#waiting = resolve))
  }
}

function badRequest(): Response {
  return new Response('Bad Request', { status: 400 })
}
