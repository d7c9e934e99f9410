import { describe, expect, it } from 'vitest'
import { accentColors, contrastOf } from './accent.ts'

const paper = { light: '#faf7f1', dark: '#191613' } as const
const grounds = { light: ['#faf7f1', '#fffdf9', '#f1ebe0'], dark: ['#191613', '#221e1a', '#12100e'] } as const

describe('accent colours', () => {
  const steps = ['00', '40', '80', 'bf', 'ff']
  const every = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))

  it.each(['light', 'dark'] as const)(
    'stay readable in the %s scheme whatever the merchant picks',
    (scheme) => {
      for (const accent of every) {
        const { fill, onFill, ink } = accentColors(accent, scheme)
        expect(contrastOf(fill, onFill), `${accent}: text on the fill`).toBeGreaterThanOrEqual(4.5)
        expect(contrastOf(fill, paper[scheme]), `${accent}: fill on paper`).toBeGreaterThanOrEqual(3)
        for (const ground of grounds[scheme])
          expect(contrastOf(ink, ground), `${accent}: ink on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    },
  )

  it('leave a colour alone that is already readable', () => {
    expect(accentColors('#1f5d4c', 'light')).toEqual({ fill: '#1f5d4c', onFill: '#ffffff', ink: '#1f5d4c' })
  })
})
