import { describe, expect, it } from 'vitest'
import { optionChoices, selectVariant } from './variant-selection.ts'

const shirts = [
  { id: 1, optionValues: ['Small', 'Red'], buyable: 0 },
  { id: 2, optionValues: ['Small', 'Blue'], buyable: 4 },
  { id: 3, optionValues: ['Large', 'Blue'], buyable: 2 },
]
const nothing = { variantId: null, values: [null, null] }

describe('selectVariant', () => {
  it('selects the first available variant by default', () => {
    expect(selectVariant(shirts, nothing)).toMatchObject({ variant: { id: 2 } })
  })

  it('selects the first variant when everything is sold out', () => {
    const soldOut = shirts.map((shirt) => ({ ...shirt, buyable: 0 }))
    expect(selectVariant(soldOut, nothing)).toMatchObject({ variant: { id: 1 } })
  })

  it('selects the variant in the URL, sold out or not, and ignores an unknown id', () => {
    expect(selectVariant(shirts, { ...nothing, variantId: 1 })).toMatchObject({ variant: { id: 1 } })
    expect(selectVariant(shirts, { ...nothing, variantId: 99 })).toMatchObject({ variant: { id: 2 } })
  })

  it('prefers the picked values to the URL', () => {
    const wanted = { variantId: 2, values: ['Large', 'Blue'] }
    expect(selectVariant(shirts, wanted)).toMatchObject({ variant: { id: 3 } })
  })

  it('selects the first available variant when only some options are picked', () => {
    expect(selectVariant(shirts, { variantId: null, values: ['Small', null] })).toMatchObject({
      variant: { id: 2 },
    })
  })

  it('returns unavailable for a missing combination, with the nearest variants', () => {
    expect(selectVariant(shirts, { variantId: null, values: ['Large', 'Red'] })).toEqual({
      kind: 'unavailable',
      wanted: ['Large', 'Red'],
      nearest: [shirts[2], shirts[0]],
    })
  })

  it('returns null for a product without variants', () => {
    expect(selectVariant([], nothing)).toBeNull()
  })
})

it('marks values as sold out or unavailable for the current selection', () => {
  const [size, color] = optionChoices(['Size', 'Color'], shirts, ['Large', 'Blue'])
  expect(size!.values).toEqual([
    { value: 'Small', isChosen: false, state: 'available', variantId: 2 },
    { value: 'Large', isChosen: true, state: 'available', variantId: 3 },
  ])
  expect(color!.values.map(({ value, state }) => [value, state])).toEqual([
    ['Red', 'impossible'],
    ['Blue', 'available'],
  ])
})
