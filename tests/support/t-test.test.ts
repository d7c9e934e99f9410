import { expect, test } from 'vitest'
import { welchTTest } from './t-test.ts'

/**
 * Two drugs and the extra sleep they gave, from Student's paper of 1908; the figures are those printed by R's t.test.
 */
const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

test('welchTTest matches R for Student’s sleep data', () => {
  const { t, degreesOfFreedom, p } = welchTTest(drug1, drug2)
  expect(t).toBeCloseTo(-1.8608, 4)
  expect(degreesOfFreedom).toBeCloseTo(17.776, 3)
  expect(p).toBeCloseTo(0.07939, 5)
})

/** Samples of unequal size and variance, with their published results, from Wikipedia's article on Welch's test. */
const published: [string, number[], number[], { t: number; degreesOfFreedom: number; p: number }][] = [
  [
    'alike in size and spread',
    [27.5, 21, 19, 23.6, 17, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19, 21.7, 21.4],
    [27.1, 22, 20.8, 23.4, 23.4, 23.5, 25.8, 22, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4],
    { t: -2.46, degreesOfFreedom: 25, p: 0.021 },
  ],
  [
    'the smaller one spread wider',
    [17.2, 20.9, 22.6, 18.1, 21.7, 21.4, 23.5, 24.2, 14.7, 21.8],
    [
      ...[21.5, 22.8, 21, 23, 21.6, 23.6, 22.5, 20.7, 23.4, 21.8],
      ...[20.7, 21.7, 21.5, 22.5, 23.6, 21.5, 22.5, 23.5, 21.5, 21.8],
    ],
    { t: -1.57, degreesOfFreedom: 9.9, p: 0.149 },
  ],
  [
    'the larger one spread wider',
    [19.8, 20.4, 19.6, 17.8, 18.5, 18.9, 18.3, 18.9, 19.5, 22],
    [
      ...[28.2, 26.6, 20.1, 23.3, 25.2, 22.1, 17.7, 27.6, 20.6, 13.7],
      ...[23.2, 17.5, 20.6, 18, 23.9, 21.6, 24.3, 20.4, 24, 13.2],
    ],
    { t: -2.22, degreesOfFreedom: 24.5, p: 0.036 },
  ],
]

test.each(published)(
  'welchTTest matches the published result for two samples, %s',
  (_, one, other, expected) => {
    const { t, degreesOfFreedom, p } = welchTTest(one, other)
    expect(t).toBeCloseTo(expected.t, 2)
    expect(degreesOfFreedom).toBeCloseTo(expected.degreesOfFreedom, 1)
    expect(p).toBeCloseTo(expected.p, 3)
  },
)

test('welchTTest finds no difference between a sample and itself, and a certain one between distant samples', () => {
  expect(welchTTest(drug1, drug1).p).toBe(1)
  expect(
    welchTTest(
      drug1,
      drug1.map((hours) => hours + 100),
    ).p,
  ).toBeLessThan(1e-12)
})
