import { describe, expect, it } from 'vitest'
import { containsPattern } from '#app/domain/like.ts'
import { normalizeQuery, queryWords } from './search.ts'

describe('a search query', () => {
  it('is normalized: single spaces, no control characters, whole characters, at most a hundred', () => {
    expect(normalizeQuery('  red\u0000\n  shirt\u202e ')).toBe('red shirt')
    expect(normalizeQuery('x'.repeat(10_000))).toHaveLength(100)
    expect(normalizeQuery('a\ud800b')).toBe('a b')
    expect(normalizeQuery(`${'x'.repeat(99)}😀`).isWellFormed()).toBe(true)
  })

  it('is split into words without query operators', () => {
    expect(queryWords("Blue a:*&! %_\\ T-shirt '; --")).toEqual(
      ['blue', 'a', 't-shirt', '_'].filter((w) => w !== '_'),
    )
    expect(queryWords('%%% ___ *&!')).toEqual([])
    expect(queryWords('a b c d e f g h a')).toHaveLength(6)
  })

  it('matches wildcard characters only literally', () => {
    expect(containsPattern('50%_\\')).toBe('%50\\%\\_\\\\%')
  })
})
