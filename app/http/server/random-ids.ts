import { randomFillSync } from 'node:crypto'

/** Random bytes are drawn in bulk: a system call for each request costs more than most of what is done with them. */
const pool = Buffer.allocUnsafe(4096)
let used = pool.length

function takeBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += count
  return pool.subarray(used - count, used)
}

/** 128 random bits, for the CSP of one response. */
export function createNonce(): string {
  return takeBytes(16).toString('base64')
}

/** 64 random bits, to find a request in the log. */
export function createRequestId(): string {
  return takeBytes(8).toString('hex')
}
