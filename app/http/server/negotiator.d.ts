/** The part of the API that we use; the package has no types. */
declare module 'negotiator' {
  import type { IncomingHttpHeaders } from 'node:http'

  export default class Negotiator {
    constructor(request: { headers: IncomingHttpHeaders })
    /** The best of `available` for the client; of equally weighted ones, the first of `preferred`. */
    encoding(available: string[], preferred: string[]): string | undefined
  }
}
