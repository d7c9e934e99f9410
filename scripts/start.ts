/** `npm start`: builds if the sources are newer than the build, then runs the server in this process. */
import { buildIfStale } from './build-if-stale.ts'

await buildIfStale()
await import('../server.ts')
