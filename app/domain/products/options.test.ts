import { expect, test } from 'vitest'
import { planOptions } from './options.ts'

const sizes = [
  { id: 1, values: ['S'] },
  { id: 2, values: ['M'] },
]

function plan(next: Parameters<typeof planOptions>[0]['next'], variants = sizes, optionCount = 1) {
  const planned = planOptions({ optionCount, variants, next })
  if (!planned.ok) throw new Error(planned.reason)
  return planned.plan
}

test('a new value creates its variants and keeps the others', () => {
  const { keep, create, remove } = plan([{ name: 'Size', values: ['S', 'M', 'L'], was: 0 }])
  expect({ keep: keep.map(({ id }) => id), create, remove }).toEqual({
    keep: [1, 2],
    create: [['L']],
    remove: [],
  })
})

test('a value replaced at its position is a rename', () => {
  const { keep, create, remove } = plan([{ name: 'Size', values: ['Small', 'M'], was: 0 }])
  expect({ keep, create, remove }).toEqual({
    keep: [
      { id: 1, values: ['Small'] },
      { id: 2, values: ['M'] },
    ],
    create: [],
    remove: [],
  })
})

test('swapped values are not a rename', () => {
  const { keep, remove } = plan([{ name: 'Size', values: ['M', 'S'], was: 0 }])
  expect({ keep, remove }).toEqual({
    keep: [
      { id: 2, values: ['M'] },
      { id: 1, values: ['S'] },
    ],
    remove: [],
  })
})

test('existing variants get the first value of a new option', () => {
  const { keep, create } = plan([
    { name: 'Size', values: ['S', 'M'], was: 0 },
    { name: 'Color', values: ['Red', 'Blue'] },
  ])
  expect(keep).toEqual([
    { id: 1, values: ['S', 'Red'] },
    { id: 2, values: ['M', 'Red'] },
  ])
  expect(create).toEqual([
    ['S', 'Blue'],
    ['M', 'Blue'],
  ])
})

test('dropping the last option keeps only the first variant', () => {
  const { keep, remove } = plan([])
  expect({ keep, remove }).toEqual({ keep: [{ id: 1, values: [] }], remove: [2] })
})

test('saving does not create missing combinations', () => {
  const sparse = [
    { id: 1, values: ['S', 'Red'] },
    { id: 2, values: ['M', 'Blue'] },
  ]
  const same = [
    { name: 'Size', values: ['S', 'M'], was: 0 },
    { name: 'Color', values: ['Red', 'Blue'], was: 1 },
  ]
  expect(plan(same, sparse, 2).create).toEqual([])
})

test('more than 2,048 variants are refused', () => {
  const values = Array.from({ length: 46 }, (_, index) => `v${index}`)
  const next = [
    { name: 'A', values },
    { name: 'B', values },
  ]
  expect(planOptions({ optionCount: 0, variants: [], next })).toEqual({
    ok: false,
    reason: 'too-many-variants',
  })
})
