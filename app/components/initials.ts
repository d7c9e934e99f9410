const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The first letters of the first two words, as "LA" for "Linen Apron". Words without a letter or digit are skipped. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? []
  return words
    .slice(0, 2)
    .map((word) => [...letters.segment(word)][0]!.segment.toLocaleUpperCase('en'))
    .join('')
}
