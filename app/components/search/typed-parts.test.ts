import { expect, test } from 'vitest'
import { splitTypedParts } from './typed-parts.ts'

/** With what completes the typed text in brackets. */
const marked = (suggestion: string, typed: string) =>
  splitTypedParts(suggestion, typed)
    .map(({ text, isTyped }) => (isTyped ? text : `[${text}]`))
    .join('')

test('what completes the typed words is marked', () => {
  expect(marked('lantern', 'lan')).toBe('lan[tern]')
  expect(marked('garden lantern', 'garden lan')).toBe('garden lan[tern]')
  expect(marked('Large garden lantern', 'gar lan')).toBe('[Large ]gar[den ]lan[tern]')
  expect(marked('lantern', 'lantern')).toBe('lantern')
  expect(marked('lantern', 'lantren')).toBe('[lantern]')
})

test('only the beginning of a word counts', () => {
  expect(marked('Plan for a lantern', 'lan')).toBe('[Plan for a ]lan[tern]')
  expect(marked('T-shirt', 'shi')).toBe('[T-]shi[rt]')
})

test('case and accents do not count, composed or not', () => {
  expect(marked('Café crème', 'CAFE cr')).toBe('Café cr[ème]')
  expect(marked('creme', 'crè')).toBe('cre[me]')
  expect(marked('Cre\u0300me', 'cre')).toBe('Cre\u0300[me]')
  expect(marked('Søren', 'so')).toBe('Sø[ren]')
  expect(marked('İstanbul', 'ist')).toBe('İst[anbul]')
})

test('no letter is divided', () => {
  expect(marked('Straße', 'stras')).toBe('Stra[ße]')
  expect(marked('Straße', 'strass')).toBe('Straß[e]')
  expect(marked('ﬁne', 'f')).toBe('[ﬁne]')
  expect(marked('नमस्ते', 'न')).toBe('न[मस्ते]')
  expect(marked('👨‍👩‍👧 frame', 'fr')).toBe('[👨‍👩‍👧 ]fr[ame]')
})

test('in scripts without spaces a word begins anywhere', () => {
  expect(marked('木製テーブル', 'テー')).toBe('[木製]テー[ブル]')
})

test('text is returned as it is, whatever is typed', () => {
  for (const typed of ['', ' ', '(', '.*', '\u0301', '<b>', '%', 'ab', 'ab cd'])
    for (const suggestion of ['', ' abc (b) <b>cde</b> ', '\u0301x', '%%'])
      expect(
        splitTypedParts(suggestion, typed)
          .map(({ text }) => text)
          .join(''),
      ).toBe(suggestion)
})
