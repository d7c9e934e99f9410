import { expect, test } from 'vitest'
import { createSemaphore } from './semaphore.ts'

test('no more than its size run at once, and all get their turn in order', async () => {
  const semaphore = createSemaphore(2, 1_000)
  const order: number[] = []
  let running = 0
  let maxRunning = 0
  const work = (name: number) =>
    semaphore(async () => {
      maxRunning = Math.max(maxRunning, ++running)
      await Promise.resolve()
      order.push(name)
      running--
    })
  await Promise.all([1, 2, 3, 4, 5].map(work))
  expect({ maxRunning, order, state: semaphore.state() }).toEqual({
    maxRunning: 2,
    order: [1, 2, 3, 4, 5],
    state: { busy: 0, waiting: 0 },
  })
})

test('a call that waits too long fails with POOL_BUSY and takes no permit', async () => {
  const semaphore = createSemaphore(1, 10)
  let open = () => {}
  const first = semaphore(() => new Promise<void>((resolve) => (open = resolve)))
  await expect(semaphore(() => Promise.resolve())).rejects.toMatchObject({ code: 'POOL_BUSY' })
  open()
  await first
  expect(semaphore.state()).toEqual({ busy: 0, waiting: 0 })
  expect(await semaphore(() => Promise.resolve('next'))).toBe('next')
})

test('a failing call releases its permit', async () => {
  const semaphore = createSemaphore(1, 10)
  await expect(semaphore(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(semaphore.state().busy).toBe(0)
})

test('a call that finds too many waiting fails at once, with the given code', async () => {
  const semaphore = createSemaphore(1, 1_000, {
    maxWaiting: 1,
    busy: { code: 'HASHING_BUSY', message: 'Too many' },
  })
  let open = () => {}
  const first = semaphore(() => new Promise<void>((resolve) => (open = resolve)))
  const second = semaphore(() => Promise.resolve('second'))
  await expect(semaphore(() => Promise.resolve())).rejects.toMatchObject({ code: 'HASHING_BUSY' })
  open()
  expect([await first, await second, semaphore.state()]).toEqual([
    undefined,
    'second',
    { busy: 0, waiting: 0 },
  ])
})
