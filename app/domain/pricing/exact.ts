/** Exact arithmetic for shares of money. Products of two amounts exceed 2^53, so they are computed as BigInt. */

/** amount × part ÷ whole, rounded half up. Integers of 0 or more; `whole` is above 0. */
export function proportion(amount: number, part: number, whole: number): number {
  return Number((2n * BigInt(amount) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)))
}

/**
 * Shares an amount by weights: each gets the whole part of its share, then those with the largest remainders get one
 * unit more, earlier ones first. The shares add up to the amount; with no weight above 0 all are 0.
 */
export function share(amount: number, weights: number[]): number[] {
  const sum = weights.reduce((total, weight) => total + BigInt(weight), 0n)
  if (sum === 0n) return weights.map(() => 0)
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight))
  const shares = exact.map((product) => Number(product / sum))
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  const left = amount - shares.reduce((total, part) => total + part, 0)
  for (const { index } of byRemainder.slice(0, left)) shares[index]! += 1
  return shares
}
