import { describe, expect, it } from 'vitest'
import { anywhere, normaliseQuery, queryWords } from './search.ts'

describe('what a shopper typed', () => {
  it('is tidied: one space, no control characters, whole characters, at most a hundred', () => {
    expect(normaliseQuery('  red\u0000\n  shirt\u202e ')).toBe('red shirt')
    expect(normaliseQuery('x'.repeat(10_000))).toHaveLength(100)
    expect(normaliseQuery('a\ud800b')).toBe('a b')
    expect(normaliseQuery(`${'x'.repeat(99)}😀`).isWellFormed()).toBe(true)
  })

  it('falls apart into words, signs of query languages left out', () => {
    expect(queryWords("Blue a:*&! %_\\ T-shirt '; --")).toEqual(
      ['blue', 'a', 't-shirt', '_'].filter((w) => w !== '_'),
    )
    expect(queryWords('%%% ___ *&!')).toEqual([])
    expect(queryWords('a b c d e f g h a')).toHaveLength(6)
  })

  it('matches its own signs only', () => {
    expect(anywhere('50%_\\')).toBe('%50\\%\\_\\\\%')
  })
})
