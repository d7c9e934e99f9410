import { expect, test } from 'vitest'
import { swatches } from './swatches.ts'

test('the values of a color option have swatches, except for those that are no color', () => {
  expect(swatches({ name: 'Colour', values: ['Black', 'navy', 'Tie-dye'] })).toEqual([
    ['#1a1a1a'],
    ['#1d2a48'],
    null,
  ])
})

test('two tones are two colors; three are too many for one swatch', () => {
  const values = ['Ash / White', 'Black & Gold', 'Red and blue', 'Red/White/Blue']
  expect(swatches({ name: 'Color', values })).toEqual([
    ['#b9b7af', '#ffffff'],
    ['#1a1a1a', '#c9a24b'],
    ['#c2261f', '#2f5fa8'],
    null,
  ])
})

test('a shade is mixed from its color, and an unknown word before a color is ignored', () => {
  expect(
    swatches({ name: 'Farbe', values: ['Dark green', 'Ocean Blue', 'Forest Green', '#AB12CD'] }),
  ).toEqual([['color-mix(in oklab, #3f7d45, black 40%)'], ['#2f5fa8'], ['#27472f'], ['#ab12cd']])
})

test('an option under another name has swatches only if each value is a color', () => {
  expect(swatches({ name: 'Glaze', values: ['Sage', 'Cream'] })).toEqual([['#9caf8f'], ['#f5ecd5']])
  expect(swatches({ name: 'Wood', values: ['Oak', 'Pine'] })).toBe(null)
  expect(swatches({ name: 'Size', values: ['Small', 'Large'] })).toBe(null)
})

test('a value is never copied into the style', () => {
  const values = ['red;background:url(//x)', 'constructor', '__proto__', '#fff', '', 'url(x) red;']
  expect(swatches({ name: 'Color', values })).toBe(null)
})
