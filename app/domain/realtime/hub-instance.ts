import { randomBytes } from 'node:crypto'
import { createHub, type Hub } from './hub.ts'

const globals = globalThis as { [key: symbol]: Hub | undefined }
const slot = Symbol.for('till.hub')

/** The one hub of this process, shared by the server bundle and a hot reload. */
export const hub: Hub = (globals[slot] ??= createHub({ epoch: randomBytes(6).toString('hex') }))

/** The current position of the announcements; a loader that grants topics takes it before it reads. */
export const livePosition = () => hub.position()
