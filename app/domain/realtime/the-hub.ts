import { randomBytes } from 'node:crypto'
import { createHub, type Hub } from './hub.ts'

const kept = globalThis as { [key: symbol]: Hub | undefined }
const slot = Symbol.for('till.hub')

/** The one hub of this process, the same for the server's bundle and for a hot reload. */
export const hub: Hub = (kept[slot] ??= createHub({ epoch: randomBytes(6).toString('hex') }))

/** Where the announcements stand; a loader that grants topics takes it before it reads. */
export const livePosition = () => hub.position()
