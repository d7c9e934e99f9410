/** The colors that are shown next to an option's values: "Navy", "Ash / White", "#1f5d4c". */

/** CSS colors by common name; what a name means differs from shop to shop, so they are shown with it. */
const colors: Record<string, string> = {
  ...{
    black: '#1a1a1a',
    white: '#ffffff',
    gray: '#8c8c8c',
    grey: '#8c8c8c',
    silver: '#c4c7ca',
    ash: '#b9b7af',
  },
  ...{ charcoal: '#36393d', graphite: '#45484c', slate: '#5f6b75', stone: '#b7ada0', smoke: '#a9abad' },
  ...{
    ivory: '#f6f1e1',
    cream: '#f5ecd5',
    ecru: '#e9dfc7',
    natural: '#e8dcc4',
    oatmeal: '#ddd0b9',
    bone: '#e6dfd0',
  },
  ...{
    beige: '#d9c8a9',
    sand: '#d8c29d',
    taupe: '#8f8073',
    khaki: '#a39a6f',
    camel: '#bd8f5b',
    tan: '#c69c6d',
  },
  ...{ brown: '#6f4a32', chocolate: '#4b2e20', coffee: '#5a3f2d', espresso: '#3b2820', cognac: '#9a5628' },
  ...{ walnut: '#5d4433', oak: '#b98f5e', chestnut: '#7a3f2a', rust: '#a8502f', terracotta: '#bf6a4a' },
  ...{ copper: '#b06a3b', bronze: '#8a6a3c', brass: '#b99a4b', gold: '#c9a24b', 'rose gold': '#c98d7c' },
  ...{
    red: '#c2261f',
    crimson: '#a6162c',
    burgundy: '#6b1d2f',
    maroon: '#6a1f24',
    wine: '#661f33',
    brick: '#9c4233',
  },
  ...{
    pink: '#ee9db5',
    rose: '#d9808f',
    blush: '#ecc5bd',
    coral: '#ee7660',
    salmon: '#ee9178',
    fuchsia: '#c8247f',
  },
  ...{ magenta: '#b8217e', peach: '#f6bd97', apricot: '#f0a868', orange: '#e8772e', mustard: '#cf9a25' },
  ...{
    yellow: '#f2cf3b',
    lemon: '#f4e262',
    ochre: '#bf8430',
    amber: '#d98e1f',
    green: '#3f7d45',
    olive: '#6c6b35',
  },
  ...{ 'forest green': '#27472f', forest: '#27472f', emerald: '#15795a', mint: '#a9dcc3', sage: '#9caf8f' },
  ...{
    moss: '#6d7743',
    lime: '#a8cc3c',
    teal: '#1f7477',
    turquoise: '#3fb8b0',
    aqua: '#67c6cf',
    cyan: '#28aec4',
  },
  ...{ blue: '#2f5fa8', navy: '#1d2a48', 'royal blue': '#2748a5', 'sky blue': '#8fbfe3', sky: '#8fbfe3' },
  ...{ denim: '#4d6788', indigo: '#36386e', cobalt: '#1f4aa0', petrol: '#1d4a57', purple: '#6a3f86' },
  ...{ violet: '#7a55a8', lavender: '#b9a9d6', lilac: '#c7aed3', plum: '#5f2f4f', aubergine: '#402638' },
  ...{
    schwarz: '#1a1a1a',
    weiß: '#ffffff',
    grau: '#8c8c8c',
    rot: '#c2261f',
    blau: '#2f5fa8',
    grün: '#3f7d45',
  },
  ...{
    gelb: '#f2cf3b',
    braun: '#6f4a32',
    rosa: '#ee9db5',
    lila: '#6a3f86',
    noir: '#1a1a1a',
    blanc: '#ffffff',
  },
  ...{
    gris: '#8c8c8c',
    rouge: '#c2261f',
    bleu: '#2f5fa8',
    vert: '#3f7d45',
    jaune: '#f2cf3b',
    marron: '#6f4a32',
  },
}

const optionNames = /^(colou?rs?|farben?|couleurs?|color[ei]s?|kleur|cores?|färg|farve|farge|väri|kolor)$/i
const shades: Record<string, string> = {
  light: 'white 45%',
  pale: 'white 60%',
  dark: 'black 40%',
  deep: 'black 30%',
}

/**
 * One or two CSS colors per value, null for a value that is not a color. Null for an option that is not about colors:
 * neither named so, nor with a color for each of its values.
 */
export function swatches(option: { name: string; values: string[] }): (string[] | null)[] | null {
  const found = option.values.map(swatch)
  const isAboutColors = optionNames.test(option.name.trim()) ? found.some(Boolean) : found.every(Boolean)
  return isAboutColors && found.length > 0 ? found : null
}

function swatch(value: string): string[] | null {
  const parts = value.split(/\s*[/|+&,]\s*|\s+and\s+/i).map(colorOf)
  return parts.length <= 2 && parts.every((part) => part !== null) ? parts : null
}

/** "navy", "dark green", "ocean blue" (its last word), or "#1f5d4c". */
function colorOf(name: string): string | null {
  const words = name
    .trim()
    .toLowerCase()
    .split(/[\s-]+/)
  if (words.length === 1 && /^#[\da-f]{6}$/.test(words[0]!)) return words[0]!
  const known = find(words.join(' '))
  if (known) return known
  const base = find(words.slice(1).join(' ')) ?? find(words.at(-1)!)
  if (words.length === 1 || !base) return null
  const shade = Object.hasOwn(shades, words[0]!) ? shades[words[0]!] : undefined
  return shade ? `color-mix(in oklab, ${base}, ${shade})` : base
}

function find(name: string): string | undefined {
  return Object.hasOwn(colors, name) ? colors[name] : undefined
}
