import { buildIfStale } from '../../scripts/build-if-stale.ts'

/** End-to-end tests use what a merchant runs: the built shop. */
export default async function setup() {
  await buildIfStale()
}
