/** `npm start`: builds if the sources are newer than the build, then becomes the server. */
import { buildIfStale } from './build-if-stale.ts'

await buildIfStale()
await import('../server.ts')
