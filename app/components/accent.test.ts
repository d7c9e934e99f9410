import { describe, expect, it } from 'vitest'
import { accentColors, contrastRatio } from './accent.ts'

const paper = { light: '#faf7f1', dark: '#191613' } as const
const grounds = { light: ['#faf7f1', '#fffdf9', '#f1ebe0'], dark: ['#191613', '#221e1a', '#12100e'] } as const

describe('accent colors', () => {
  const steps = ['00', '40', '80', 'bf', 'ff']
  const every = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))

  it.each(['light', 'dark'] as const)('stay readable in the %s scheme for any color', (scheme) => {
    for (const accent of every) {
      const { fill, onFill, edge, ink } = accentColors(accent, scheme)
      expect(contrastRatio(fill, onFill), `${accent}: text on the fill`).toBeGreaterThanOrEqual(4.5)
      const visible = scheme === 'dark' ? 3 : 1.25
      expect(contrastRatio(edge, paper[scheme]), `${accent}: edge on paper`).toBeGreaterThanOrEqual(visible)
      for (const ground of grounds[scheme])
        expect(contrastRatio(ink, ground), `${accent}: ink on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('keep a bright color, with dark text; only what is written in it is darker', () => {
    for (const accent of ['#ffd400', '#7ce38b', '#ffb3c7'])
      expect(accentColors(accent, 'light')).toMatchObject({ fill: accent, onFill: '#14110e', edge: accent })
    expect(accentColors('#ffd400', 'light').ink).not.toBe('#ffd400')
  })

  it('get an edge where they are hardly visible on the page', () => {
    const { fill, edge, ink } = accentColors('#fffdf5', 'light')
    expect([fill, edge]).toEqual(['#fffdf5', ink])
  })

  it('keep a color that is already readable', () => {
    expect(accentColors('#1f5d4c', 'light')).toEqual({
      fill: '#1f5d4c',
      onFill: '#ffffff',
      edge: '#1f5d4c',
      ink: '#1f5d4c',
    })
  })
})
