import { afterEach, beforeEach, expect, vi } from 'vitest'

// An unexpected console message is a failure: React warnings, swallowed errors.
beforeEach(() => {
  vi.spyOn(console, 'error')
})

afterEach(() => {
  expect(vi.mocked(console.error).mock.calls).toEqual([])
})
