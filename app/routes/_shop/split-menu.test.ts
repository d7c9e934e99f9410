import { expect, test } from 'vitest'
import { splitMenu } from './split-menu.ts'

const titled = (...titles: string[]) => titles.map((title) => ({ title }))

test('a few collections are all shown', () => {
  const few = titled('Kitchen', 'Garden', 'Light', 'Textiles', 'Bath & Body', 'Stationery')
  expect(splitMenu(few)).toEqual({ shown: few, more: [] })
})

test('of many collections, the first that fit on the line are shown, and the others are behind "More"', () => {
  const many = titled(...Array.from({ length: 30 }, (_, index) => `Collection ${index + 1}`))
  const { shown, more } = splitMenu(many)
  expect([...shown, ...more]).toEqual(many)
  expect(shown).toHaveLength(5)
})

test('titles in Japanese take twice the room', () => {
  const titles = [
    'キッチン用品と食器',
    '庭と屋外の家具',
    '照明とランプ',
    '寝具とタオル',
    'お風呂と体のケア',
    '文房具と紙',
  ]
  expect(splitMenu(titled(...titles)).more).toHaveLength(2)
})

test('a title that is longer than the line is behind "More"', () => {
  expect(splitMenu(titled('a'.repeat(120), 'Garden'))).toEqual({
    shown: [],
    more: titled('a'.repeat(120), 'Garden'),
  })
})
