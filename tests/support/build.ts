import { buildIfStale } from '../../scripts/build-if-stale.ts'

/** Tests from outside see what a merchant runs: the built shop. */
export default async function setup() {
  await buildIfStale()
}
