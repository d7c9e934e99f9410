import { expect, it } from 'vitest'
import { type Facet, sortValues, withChosen, withChosenOptions } from './facets.ts'

const facets = (...values: string[]): Facet[] => values.map((value) => ({ value, count: 1, isChosen: false }))

it.each([
  [
    ['42', '9', '41.5', '41'],
    ['9', '41', '41.5', '42'],
  ],
  [
    ['L', 'xs', '2XL', 'M', 'XXXL', 'XL', 's'],
    ['xs', 's', 'M', 'L', 'XL', '2XL', 'XXXL'],
  ],
  [
    ['EU 42', 'EU 9'],
    ['EU 9', 'EU 42'],
  ],
  [
    ['100 ml', '50 ml'],
    ['50 ml', '100 ml'],
  ],
  [
    ['12,5 cm', '3 cm'],
    ['3 cm', '12,5 cm'],
  ],
  // Few are sizes: the order by count stays.
  [
    ['Red', 'Blue', 'Amber', '3'],
    ['Red', 'Blue', 'Amber', '3'],
  ],
  [
    ['42', 'One size', 'M', '36', 'S'],
    ['S', 'M', '36', '42', 'One size'],
  ],
  [
    ['1 l', '500 ml'],
    ['1 l', '500 ml'],
  ],
  [[], []],
])('values %j are listed as %j', (given, expected) =>
  expect(sortValues(facets(...given)).map(({ value }) => value)).toEqual(expected),
)

it('a chosen value that no product has is listed with none', () => {
  expect(withChosen(facets('new'), ['New', 'new'])).toEqual([
    ...facets('new'),
    { value: 'New', count: 0, isChosen: true },
  ])
})

it('a chosen option that no product has is listed, and spellings of case are one', () => {
  const size = { name: 'size', label: 'Size', values: [{ value: 'M', count: 2, isChosen: true }] }
  expect(
    withChosenOptions(
      [size],
      [
        { name: 'SIZE', values: ['m', 'S'] },
        { name: 'fit', values: ['slim'] },
      ],
    ),
  ).toEqual([
    { ...size, values: [{ value: 'S', count: 0, isChosen: true }, ...size.values] },
    { name: 'fit', label: 'fit', values: [{ value: 'slim', count: 0, isChosen: true }] },
  ])
})
