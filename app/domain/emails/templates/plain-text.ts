/** Plain text for emails: wrapped lines and aligned columns, measured as a terminal displays them. */

export const lineWidth = 76

const segmenter = new Intl.Segmenter()
const isWide =
  /\p{Extended_Pictographic}|[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\uFF01-\uFF60\uFFE0-\uFFE6]/u

/** Needs no segmenter, which takes most of the time of a plain text. */
const isAscii = /^[ -~]*$/

/** Columns that the text takes: two for each East Asian character and emoji, one for every other character. */
export function displayWidth(text: string): number {
  if (isAscii.test(text)) return text.length
  let width = 0
  for (const { segment } of segmenter.segment(text)) width += isWide.test(segment) ? 2 : 1
  return width
}

/** The text's lines, each broken between words to `width` columns; a longer word, such as a URL, stays whole. */
export function wrap(text: string, width = lineWidth): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n')
}

function wrapLine(line: string, width: number): string {
  const lines: string[] = []
  for (const word of line.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}

/** Rows of a label and an amount: labels start at the left, amounts end below each other. Long labels wrap. */
export function columns(rows: { label: string; amount: string }[]): string {
  const amountWidth = Math.max(0, ...rows.map(({ amount }) => displayWidth(amount)))
  const mostForLabel = lineWidth - amountWidth - 2
  const wrapped = rows.map(({ label, amount }) => ({ lines: wrap(label, mostForLabel).split('\n'), amount }))
  const labelWidth = Math.max(0, ...wrapped.flatMap(({ lines }) => lines.map(displayWidth)))
  return wrapped
    .map(({ lines, amount }) => {
      const last = lines.at(-1)!
      const gap = labelWidth - displayWidth(last) + 2 + amountWidth - displayWidth(amount)
      return [...lines.slice(0, -1), last + ' '.repeat(gap) + amount].join('\n')
    })
    .join('\n')
}

/** Paragraphs with an empty line between them; those without text are left out. */
export function paragraphs(parts: (string | false | null | undefined)[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`
}
