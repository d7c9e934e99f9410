import { expect, test } from 'vitest'
import { addViewed, parseViewed, viewedMax } from './viewed.ts'

test('a list of viewed products is read from whatever text there is', () => {
  expect(parseViewed('12,7,12')).toEqual([12, 7])
  expect(parseViewed('x,-1,0,1.5,7,,9999999999999999999')).toEqual([7])
  expect(parseViewed(null)).toEqual([])
  expect(parseViewed(Array.from({ length: 100 }, (_, index) => index + 1).join(','))).toHaveLength(viewedMax)
})

test('a viewed product moves to the front, and the list has an end', () => {
  expect(addViewed([1, 2, 3], 2)).toEqual([2, 1, 3])
  const full = Array.from({ length: viewedMax }, (_, index) => index)
  expect(addViewed(full, 99)).toEqual([99, ...full.slice(0, -1)])
})
