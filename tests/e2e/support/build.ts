import { buildIfStale } from '../../../scripts/build-if-stale.ts'

/** The browser sees what a merchant runs: the built shop. */
export default async function setup() {
  await buildIfStale()
}
