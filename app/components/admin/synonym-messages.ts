import type { SynonymsRefusal } from '#app/domain/search/edit-synonyms.server.ts'
import { maxWords } from '#app/domain/search/search.ts'
import { maxGroups } from '#app/domain/search/synonyms.schema.ts'

type Answer = { problem: string } | { errors: Record<string, string[]> }

/** Why a group of synonyms was not saved, at its field where there is one. */
export function synonymRefusal(refusal: SynonymsRefusal): Answer {
  const word = 'word' in refusal ? refusal.word : ''
  const messages = {
    'not-found': { problem: 'These synonyms were deleted.' },
    stale: {
      problem:
        'Someone else changed these synonyms, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
    },
    'too-many': { problem: `There can be at most ${maxGroups} groups of synonyms.` },
    'same-words': {
      errors: { words: ['These are the same to search. Enter at least two different words or phrases.'] },
    },
    'many-phrases': {
      errors: { words: ['These phrases are too many for one group. Use fewer phrases, or shorter ones.'] },
    },
    'no-letters': { errors: { words: [`“${word}” has no letters or digits.`] } },
    'long-phrase': {
      errors: { words: [`“${word}” is too long: use at most ${maxWords} words in a phrase.`] },
    },
    'word-taken': {
      errors: { words: [`“${word}” is in another group already. Add the other words to that group.`] },
    },
  } satisfies Record<SynonymsRefusal['reason'], Answer>
  return messages[refusal.reason]
}
