import { describe, expect, it } from 'vitest'
import { placeholderArt, motifs, palettes } from './placeholder-art.ts'

describe('placeholderArt', () => {
  it('is the same for the same text', () => {
    expect(placeholderArt('clay-plant-pot')).toEqual(placeholderArt('clay-plant-pot'))
  })

  it('uses every drawing and every palette for similar names', () => {
    const drawings = Array.from({ length: 300 }, (_, n) => placeholderArt(`mug-${n}`))
    expect(new Set(drawings.map((art) => art.motif)).size).toBe(motifs)
    expect(new Set(drawings.map((art) => art.palette)).size).toBe(palettes)
  })
})
