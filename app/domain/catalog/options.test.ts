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

test('a new value makes its variants and keeps the others', () => {
  const { keep, create, remove } = plan([{ name: 'Size', values: ['S', 'M', 'L'], was: 0 }])
  expect({ keep: keep.map(({ id }) => id), create, remove }).toEqual({
    keep: [1, 2],
    create: [['L']],
    remove: [],
  })
})

test('a value changed in its place renames it', () => {
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

test('values that only trade places are no rename', () => {
  const { keep, remove } = plan([{ name: 'Size', values: ['M', 'S'], was: 0 }])
  expect({ keep, remove }).toEqual({
    keep: [
      { id: 2, values: ['M'] },
      { id: 1, values: ['S'] },
    ],
    remove: [],
  })
})

test('a new option gives its first value to the variants that are there', () => {
  const { keep, create } = plan([
    { name: 'Size', values: ['S', 'M'], was: 0 },
    { name: 'Colour', values: ['Red', 'Blue'] },
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

test('dropping the last option keeps the first variant alone', () => {
  const { keep, remove } = plan([])
  expect({ keep, remove }).toEqual({ keep: [{ id: 1, values: [] }], remove: [2] })
})

test('a combination that was never made is not made by saving', () => {
  const sparse = [
    { id: 1, values: ['S', 'Red'] },
    { id: 2, values: ['M', 'Blue'] },
  ]
  const same = [
    { name: 'Size', values: ['S', 'M'], was: 0 },
    { name: 'Colour', values: ['Red', 'Blue'], was: 1 },
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
