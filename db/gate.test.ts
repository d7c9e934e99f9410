import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

test('no more than its size run at once, and everybody gets a turn in order', async () => {
  const gate = createGate(2, 1_000)
  const order: number[] = []
  let running = 0
  let most = 0
  const work = (name: number) =>
    gate(async () => {
      most = Math.max(most, ++running)
      await Promise.resolve()
      order.push(name)
      running--
    })
  await Promise.all([1, 2, 3, 4, 5].map(work))
  expect({ most, order, state: gate.state() }).toEqual({
    most: 2,
    order: [1, 2, 3, 4, 5],
    state: { busy: 0, waiting: 0 },
  })
})

test('who waits too long fails with POOL_BUSY and takes no place', async () => {
  const gate = createGate(1, 10)
  let open = () => {}
  const first = gate(() => new Promise<void>((resolve) => (open = resolve)))
  await expect(gate(() => Promise.resolve())).rejects.toMatchObject({ code: 'POOL_BUSY' })
  open()
  await first
  expect(gate.state()).toEqual({ busy: 0, waiting: 0 })
  expect(await gate(() => Promise.resolve('next'))).toBe('next')
})

test('work that fails frees its place', async () => {
  const gate = createGate(1, 10)
  await expect(gate(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(gate.state().busy).toBe(0)
})

test('who finds too many waiting fails at once, with the code that the gate was given', async () => {
  const gate = createGate(1, 1_000, { maxWaiting: 1, busy: { code: 'HASHING_BUSY', message: 'Too many' } })
  let open = () => {}
  const first = gate(() => new Promise<void>((resolve) => (open = resolve)))
  const second = gate(() => Promise.resolve('second'))
  await expect(gate(() => Promise.resolve())).rejects.toMatchObject({ code: 'HASHING_BUSY' })
  open()
  expect([await first, await second, gate.state()]).toEqual([undefined, 'second', { busy: 0, waiting: 0 }])
})
