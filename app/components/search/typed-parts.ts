import { foldText } from '#app/components/fold-text.ts'

type Part = { text: string; isTyped: boolean }

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })
const isLetter = /[\p{L}\p{N}]/u
/** Scripts without spaces: a word can begin at any letter. */
const hasNoSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/**
 * Divides a suggestion into what was typed and what completes it. Words that begin with a typed word, without case and
 * accents, begin with a typed part. What is between words belongs to the part before it. No letter is divided.
 */
export function splitTypedParts(suggestion: string, typed: string): Part[] {
  const words = typed
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(foldText)
    .filter((word) => word !== '')
  const graphemes = [...letters.segment(suggestion)].map(({ segment }) => segment)
  const folded = graphemes.map(foldText)
  const parts: Part[] = []
  const add = (text: string, isTyped: boolean) => {
    const last = parts.at(-1)
    if (last && (last.isTyped === isTyped || !isLetter.test(text))) last.text += text
    else parts.push({ text, isTyped })
  }
  let place = 0
  while (place < graphemes.length) {
    const count = isWordStart(graphemes, place) ? countTyped(folded, place, words) : 0
    add(graphemes.slice(place, place + Math.max(count, 1)).join(''), count > 0)
    place += Math.max(count, 1)
  }
  return parts
}

function isWordStart(graphemes: string[], place: number): boolean {
  const letter = graphemes[place]!
  if (!isLetter.test(letter)) return false
  return hasNoSpaces.test(letter) || !isLetter.test(graphemes[place - 1] ?? ' ')
}

/** How many letters from here are the longest of the typed words. A letter that is typed in part does not count. */
function countTyped(folded: string[], start: number, words: string[]): number {
  const counts = words.map((word) => {
    let rest = word
    let count = 0
    for (const letter of folded.slice(start)) {
      if (rest === '' || !rest.startsWith(letter)) return letter.startsWith(rest) ? count : 0
      rest = rest.slice(letter.length)
      count += 1
    }
    return rest === '' ? count : 0
  })
  return Math.max(0, ...counts)
}
