import { z } from 'zod'
import { text, version } from '#app/domain/fields.ts'

export const maxGroups = 200
export const maxWordsInGroup = 10

const words = () =>
  text(700, 'Enter at least two words or phrases.')
    .transform((typed) =>
      typed
        .split(/[,;\n]/)
        .map((word) => word.trim().replace(/\s+/g, ' '))
        .filter((word) => word !== ''),
    )
    .pipe(
      z
        .array(z.string().max(60, 'Use at most 60 characters for each word or phrase.'))
        .min(2, 'Enter at least two words or phrases, separated by commas.')
        .max(maxWordsInGroup, `Use at most ${maxWordsInGroup} words and phrases in a group.`),
    )

export const newSynonymsSchema = z.object({ words: words() })

export const synonymsSchema = z.object({ words: words(), version: version() })
