import { describe, expect, it } from 'vitest'
import { optionChoices, resolveChoice } from './choice.ts'

const shirts = [
  { id: 1, optionValues: ['Small', 'Red'], buyable: 0 },
  { id: 2, optionValues: ['Small', 'Blue'], buyable: 4 },
  { id: 3, optionValues: ['Large', 'Blue'], buyable: 2 },
]
const nothing = { variantId: null, values: [null, null] }

describe('the chosen variant', () => {
  it('is the first that can be bought when nothing is asked for', () => {
    expect(resolveChoice(shirts, nothing)).toMatchObject({ variant: { id: 2 } })
  })

  it('is the first of all when everything is sold out', () => {
    const soldOut = shirts.map((shirt) => ({ ...shirt, buyable: 0 }))
    expect(resolveChoice(soldOut, nothing)).toMatchObject({ variant: { id: 1 } })
  })

  it('is the one in the address, sold out or not, and an unknown id counts as none', () => {
    expect(resolveChoice(shirts, { ...nothing, variantId: 1 })).toMatchObject({ variant: { id: 1 } })
    expect(resolveChoice(shirts, { ...nothing, variantId: 99 })).toMatchObject({ variant: { id: 2 } })
  })

  it('follows the picked values even when the address says otherwise', () => {
    const wanted = { variantId: 2, values: ['Large', 'Blue'] }
    expect(resolveChoice(shirts, wanted)).toMatchObject({ variant: { id: 3 } })
  })

  it('takes the first buyable one when only some options are picked', () => {
    expect(resolveChoice(shirts, { variantId: null, values: ['Small', null] })).toMatchObject({
      variant: { id: 2 },
    })
  })

  it('is refused in a combination that does not exist, with what comes closest', () => {
    expect(resolveChoice(shirts, { variantId: null, values: ['Large', 'Red'] })).toEqual({
      kind: 'impossible',
      wanted: ['Large', 'Red'],
      nearest: [shirts[2], shirts[0]],
    })
  })

  it('is null for a product without variants', () => {
    expect(resolveChoice([], nothing)).toBeNull()
  })
})

it('marks values as sold out or impossible beside what is chosen', () => {
  const [size, colour] = optionChoices(['Size', 'Colour'], shirts, ['Large', 'Blue'])
  expect(size!.values).toEqual([
    { value: 'Small', isChosen: false, state: 'available', variantId: 2 },
    { value: 'Large', isChosen: true, state: 'available', variantId: 3 },
  ])
  expect(colour!.values.map(({ value, state }) => [value, state])).toEqual([
    ['Red', 'impossible'],
    ['Blue', 'available'],
  ])
})
