/** Whether two samples have the same mean, without assuming equal variances (B. L. Welch, 1947). */
export type WelchTest = { t: number; degreesOfFreedom: number; p: number }

/** Welch's t-test; `p` is two-sided: the probability of a difference this large if there is none. */
export function welchTTest(one: number[], other: number[]): WelchTest {
  const [a, b] = [momentsOf(one), momentsOf(other)]
  const [va, vb] = [a.variance / one.length, b.variance / other.length]
  const t = (a.mean - b.mean) / Math.sqrt(va + vb)
  const degreesOfFreedom = (va + vb) ** 2 / (va ** 2 / (one.length - 1) + vb ** 2 / (other.length - 1))
  return { t, degreesOfFreedom, p: twoSided(t, degreesOfFreedom) }
}

function momentsOf(sample: number[]) {
  const mean = sample.reduce((sum, each) => sum + each, 0) / sample.length
  const variance = sample.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (sample.length - 1)
  return { mean, variance }
}

/** The tails of Student's distribution: the regularized incomplete beta function at v / (v + t²). */
function twoSided(t: number, v: number): number {
  return incompleteBeta(v / (v + t * t), v / 2, 0.5)
}

/**
 * By its continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22), from the side that converges.
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  let fraction = 1
  for (let m = 200; m >= 1; m -= 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = -((a + m - 1) * (a + b + m - 1) * x) / ((a + 2 * m - 2) * (a + 2 * m - 1))
    fraction = 1 + odd / (1 + even / fraction)
  }
  const front = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)
  return Math.exp(front) / (a * fraction)
}

/** Stirling's series (DLMF 5.11.1), after the recurrence has increased x to where three terms are enough. */
function logGamma(x: number): number {
  if (x < 20) return logGamma(x + 1) - Math.log(x)
  return (
    (x - 0.5) * Math.log(x) -
    x +
    Math.log(2 * Math.PI) / 2 +
    1 / (12 * x) -
    1 / (360 * x ** 3) +
    1 / (1260 * x ** 5)
  )
}
