import { Transform } from 'node:stream'

/**
 * Takes the zero bytes out of a page. React 18 fills the end of a full 2 KB buffer with them when the next character
 * needs more bytes than are left (fixed in React 19): in a text they are dropped by browsers, in a script or an
 * attribute they become U+FFFD. HTML has no use for zero bytes, so none is ever meant.
 */
export function withoutNul(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk)
    },
  })
}
