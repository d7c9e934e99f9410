import { Writable } from 'node:stream'

/**
 * Collects a page as React writes it, in one piece, without zero bytes. React 18 pads a full 2 KB buffer with them
 * when the next character needs more bytes than are left (fixed in React 19): browsers drop them in text, but turn
 * them into U+FFFD in a script or an attribute. HTML never needs zero bytes.
 */
export function renderedPage(pipe: (to: Writable) => Writable): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const page = new Writable({
      // Larger than any page: React never has to wait for backpressure.
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
        resolve(withEndLast(bytes.includes(0) ? Buffer.from(bytes.filter((byte) => byte !== 0)) : bytes))
        done()
      },
    })
    page.on('error', reject)
    pipe(page)
  })
}

const end = '</body></html>'

/**
 * Remix renders the scripts with the page's data beside the document, so React writes them after its end. Parsers move
 * them into the body, where valid HTML has them. Neither text nor data can contain the end tags: both are escaped.
 */
function withEndLast(page: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const at = page.lastIndexOf(end)
  if (at === -1) return page
  return Buffer.concat([page.subarray(0, at), page.subarray(at + end.length), Buffer.from(end)])
}
