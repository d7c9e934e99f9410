/**
 * More combining marks than this in a row occur in no language: the Stream-Safe Text Format of UAX #15 has the same
 * limit.
 */
const maxMarks = 30
const marks = new RegExp(`\\p{M}{1,${maxMarks}}`, 'gu')
/** Matched only at the beginning of each run, or a run of 30 would be read 15 times. */
const tooManyMarks = new RegExp(`(?<!\\p{M})\\p{M}{${maxMarks + 1}}`, 'u')

/**
 * Text in NFC with at most 30 combining marks in a row; further marks are removed. Runs in linear time, unlike
 * `normalize` alone, which sorts each run of marks by insertion. Callers check the length first.
 */
export function normalizeText(text: string): string {
  // Text below U+0300 is always in NFC.
  if (!/[\u0300-\uffff]/.test(text)) return text
  // Limited again at the end, because a few marks decompose into two.
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
