/** Products that staff rank higher or lower in search results. */

/** Each search has the ids of all these products. */
export const maxBoosts = 200

export const rankings = ['higher', 'lower'] as const

export type Ranking = (typeof rankings)[number]

export const rankingLabels = { higher: 'Higher', lower: 'Lower' } satisfies Record<Ranking, string>
