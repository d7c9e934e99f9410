/** What we use of it; the package brings no types. */
declare module 'negotiator' {
  import type { IncomingHttpHeaders } from 'node:http'

  export default class Negotiator {
    constructor(request: { headers: IncomingHttpHeaders })
    /** The best of `available` for the client; of those it likes the same, the first of `preferred`. */
    encoding(available: string[], preferred: string[]): string | undefined
  }
}
