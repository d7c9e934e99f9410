import { describe, expect, it } from 'vitest'
import { artOf, motifs, palettes } from './placeholder-art.ts'

describe('art for a product without a picture', () => {
  it('is the same for the same words', () => {
    expect(artOf('clay-plant-pot')).toEqual(artOf('clay-plant-pot'))
  })

  it('uses every drawing and every palette over a shelf of similar names', () => {
    const shelf = Array.from({ length: 300 }, (_, n) => artOf(`mug-${n}`))
    expect(new Set(shelf.map((art) => art.motif)).size).toBe(motifs)
    expect(new Set(shelf.map((art) => art.palette)).size).toBe(palettes)
  })
})
