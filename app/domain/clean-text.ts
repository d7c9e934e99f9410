/**
 * More combining marks than this in a row are no word of any language: the Stream-Safe Text Format of UAX #15 has the
 * same limit.
 */
const maxMarks = 30
const marks = new RegExp(`\\p{M}{1,${maxMarks}}`, 'gu')
/** Looked for at the beginning of each run only, or a run of 30 would be read 15 times. */
const tooManyMarks = new RegExp(`(?<!\\p{M})\\p{M}{${maxMarks + 1}}`, 'u')

/**
 * Text in NFC with at most 30 combining marks in a row; the marks after those are left out. The time is linear in the
 * length, which that of `normalize` alone is not: it sorts each run of marks by insertion. Callers check the length
 * first.
 */
export function normalizeText(text: string): string {
  // Below U+0300 every text is in NFC.
  if (!/[\u0300-\uffff]/.test(text)) return text
  // Once more at the end, because a few marks decompose into two.
  return limitMarks(limitMarks(text).normalize('NFC'))
}

function limitMarks(text: string): string {
  if (!tooManyMarks.test(text)) return text
  let end = -1
  // One pattern for the whole run would overflow the stack of the regular expression engine.
  return text.replace(marks, (run: string, start: number) => {
    const isContinued = start === end
    end = start + run.length
    return isContinued ? '' : run
  })
}
