import { expect, it } from 'vitest'
import { matchesRules } from './collection-rules.ts'

const lamp = { type: 'Lamp', vendor: 'Copper & Co', tags: ['Bedroom', 'Copper'] }
const rule = (field: 'type' | 'tag' | 'vendor', value: string) => ({ field, value })

it('matchesRules matches by all rules or by any, ignoring case', () => {
  const rules = [rule('type', 'lamp'), rule('tag', 'KITCHEN')]
  expect(matchesRules(lamp, { match: 'all', rules })).toBe(false)
  expect(matchesRules(lamp, { match: 'any', rules })).toBe(true)
  expect(
    matchesRules(lamp, { match: 'all', rules: [rule('tag', 'bedroom'), rule('vendor', 'copper & co')] }),
  ).toBe(true)
})

it('matchesRules matches nothing without rules', () => {
  expect(matchesRules(lamp, { match: 'all', rules: [] })).toBe(false)
})
