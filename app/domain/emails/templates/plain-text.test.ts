import { expect, test } from 'vitest'
import { columns, displayWidth, wrap } from './plain-text.ts'

test('amounts end below each other, whatever the labels are', () => {
  const text = columns([
    { label: 'Gold', amount: '$139.98' },
    { label: 'Standard shipping', amount: '$4.90' },
    { label: 'Total', amount: '$144.88' },
  ])
  expect(text).toBe(
    ['Gold               $139.98', 'Standard shipping    $4.90', 'Total              $144.88'].join('\n'),
  )
})

test('East Asian characters and emoji count as two columns, combining marks as none', () => {
  expect(['Gold', '土鍋', 'Cafe\u0301', '🫖'].map(displayWidth)).toEqual([4, 4, 4, 2])
  const [first, second] = columns([
    { label: '土鍋', amount: '¥900' },
    { label: 'Pot', amount: '¥90' },
  ]).split('\n')
  expect(first).toBe('土鍋  ¥900')
  expect(second).toBe('Pot    ¥90')
})

test('long labels and paragraphs wrap at 76 columns; a URL stays whole', () => {
  const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ')
  const rows = columns([{ label: words, amount: '$1.00' }])
  for (const line of [...wrap(words).split('\n'), ...rows.split('\n')])
    expect(displayWidth(line)).toBeLessThanOrEqual(76)
  expect(wrap(words).replaceAll('\n', ' ')).toBe(words)
  const url = `https://shop.example.com/${'a'.repeat(90)}`
  expect(wrap(`See ${url} now`).split('\n')).toEqual(['See', url, 'now'])
})

test('lines of the text are kept', () => {
  expect(wrap('Hill GmbH\nIBAN DE12')).toBe('Hill GmbH\nIBAN DE12')
})
