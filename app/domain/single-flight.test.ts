import { expect, test } from 'vitest'
import { singleFlight } from './single-flight.ts'

test('concurrent calls with one key share the work, and a later call works again', async () => {
  const flight = singleFlight<number>()
  let count = 0
  const work = () => Promise.resolve((count += 1))
  expect(await Promise.all([flight.run('a', work), flight.run('a', work), flight.run('b', work)])).toEqual([
    1, 1, 2,
  ])
  expect(flight.isRunning('a')).toBe(false)
  expect(await flight.run('a', work)).toBe(3)
})

test('all callers get the error, and the next call works again', async () => {
  const flight = singleFlight<string>()
  const fail = () => flight.run('a', () => Promise.reject(new Error('no')))
  const results = await Promise.allSettled([fail(), fail()])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await flight.run('a', () => Promise.resolve('fine'))).toBe('fine')
})
