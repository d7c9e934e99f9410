import { Writable } from 'node:stream'

/**
 * Collects a page as React writes it, in one piece, without the zero bytes. React 18 fills the end of a full 2 KB buffer with
 * them when the next character needs more bytes than are left (fixed in React 19): in a text they are dropped by
 * browsers, in a script or an attribute they become U+FFFD. HTML has no use for zero bytes, so none is ever meant.
 */
export function renderedPage(pipe: (to: Writable) => Writable): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const page = new Writable({
      // More than any page: React is never asked to wait for what is taken at once.
      highWaterMark: 16 * 1024 * 1024,
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk)
        done()
      },
      writev(written, done) {
        for (const { chunk } of written) chunks.push(chunk as Buffer)
        done()
      },
      final(done) {
        const bytes = Buffer.concat(chunks)
        resolve(bytes.includes(0) ? Buffer.from(bytes.filter((byte) => byte !== 0)) : bytes)
        done()
      },
    })
    page.on('error', reject)
    pipe(page)
  })
}
