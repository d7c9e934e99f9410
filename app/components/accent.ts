/**
 * The merchant's accent color, adjusted to both color schemes so that text on it and in it meets WCAG 2.2 AA contrast.
 */

const paper = { light: '#faf7f1', dark: '#191613' }
/**
 * The background of each scheme that is closest to text in brightness: sunken in light, raised in dark (tokens.css).
 */
const hardestGround = { light: '#f1ebe0', dark: '#221e1a' }
const black: Rgb = [0x14, 0x11, 0x0e]
const white: Rgb = [0xff, 0xff, 0xff]

type Rgb = [number, number, number]

/** `edge` is the line around a button of this color. */
export type AccentColors = { fill: string; onFill: string; edge: string; ink: string }

/**
 * `fill` keeps the accent where text on it can have 4.5:1: a bright one gets dark text. In the dark scheme it has 3:1 with
 * the page as well; in the light scheme a fill that is hardly visible gets an edge. `ink`, for text and lines, has 4.5:1
 * on any background.
 */
export function accentColors(accent: string, scheme: 'light' | 'dark'): AccentColors {
  const ground = parse(paper[scheme])
  const towards = scheme === 'light' ? black : white
  const isVisible = (color: Rgb) => scheme === 'light' || contrast(color, ground) >= 3
  const fill = until(parse(accent), towards, isVisible)
  const onFill = contrast(fill, white) >= contrast(fill, black) ? white : black
  // Mid-tones reach 4.5:1 neither on white nor on our near-black: move them away from their text color.
  const clearFill = until(
    fill,
    onFill === white ? black : white,
    (color) => contrast(color, onFill) >= 4.5 && isVisible(color),
  )
  const ink = until(parse(accent), towards, (color) => contrast(color, parse(hardestGround[scheme])) >= 4.5)
  const edge = contrast(clearFill, ground) >= visibleContrast ? clearFill : ink
  return { fill: format(clearFill), onFill: format(onFill), edge: format(edge), ink: format(ink) }
}

/** A yellow button has it; a cream one does not. */
const visibleContrast = 1.25

/**
 * The custom properties that tokens.css reads, for the style attribute of <html>: a style element that a script adds
 * later (right after setup) would have no nonce. `accent` is a validated #rrggbb.
 */
export function accentProperties(accent: string): Record<`--${string}`, string> {
  if (latest?.accent !== accent) latest = { accent, properties: computeProperties(accent) }
  return latest.properties
}

/** The latest result: a shop has one accent color, and each page needs it. */
let latest: { accent: string; properties: Record<`--${string}`, string> } | undefined

function computeProperties(accent: string): Record<`--${string}`, string> {
  const light = accentColors(accent, 'light')
  const dark = accentColors(accent, 'dark')
  return {
    '--accent-light': light.fill,
    '--on-accent-light': light.onFill,
    '--accent-edge-light': light.edge,
    '--accent-ink-light': light.ink,
    '--accent-dark': dark.fill,
    '--on-accent-dark': dark.onFill,
    '--accent-edge-dark': dark.edge,
    '--accent-ink-dark': dark.ink,
  }
}

export function contrastRatio(a: string, b: string): number {
  return contrast(parse(a), parse(b))
}

function until(start: Rgb, towards: Rgb, isEnough: (color: Rgb) => boolean): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const color = start.map((value, i) => Math.round(value + (towards[i]! - value) * share)) as Rgb
    if (isEnough(color)) return color
  }
  return towards
}

function contrast(a: Rgb, b: Rgb): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (bright + 0.05) / (dim + 0.05)
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function parse(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Rgb
}

function format(color: Rgb): string {
  return `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
