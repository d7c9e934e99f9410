import { describe, expect, it } from 'vitest'
import { accentColors, contrastRatio } from './accent.ts'

const paper = { light: '#faf7f1', dark: '#191613' } as const
const grounds = { light: ['#faf7f1', '#fffdf9', '#f1ebe0'], dark: ['#191613', '#221e1a', '#12100e'] } as const

describe('accent colors', () => {
  const steps = ['00', '40', '80', 'bf', 'ff']
  const every = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))

  it.each(['light', 'dark'] as const)('stay readable in the %s scheme for any color', (scheme) => {
    for (const accent of every) {
      const { fill, onFill, ink } = accentColors(accent, scheme)
      expect(contrastRatio(fill, onFill), `${accent}: text on the fill`).toBeGreaterThanOrEqual(4.5)
      expect(contrastRatio(fill, paper[scheme]), `${accent}: fill on paper`).toBeGreaterThanOrEqual(3)
      for (const ground of grounds[scheme])
        expect(contrastRatio(ink, ground), `${accent}: ink on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('keep a color that is already readable', () => {
    expect(accentColors('#1f5d4c', 'light')).toEqual({ fill: '#1f5d4c', onFill: '#ffffff', ink: '#1f5d4c' })
  })
})
