import { expect, test } from 'vitest'
import { createNonce, createRequestId } from './random-ids.ts'

test('nonces and request ids are unique', () => {
  const nonces = Array.from({ length: 5_000 }, createNonce)
  const ids = Array.from({ length: 5_000 }, createRequestId)
  expect(new Set(nonces).size).toBe(5_000)
  expect(new Set(ids).size).toBe(5_000)
  expect(nonces.every((nonce) => /^[\w+/]{22}==$/.test(nonce))).toBe(true)
  expect(ids.every((id) => /^[\da-f]{16}$/.test(id))).toBe(true)
})
