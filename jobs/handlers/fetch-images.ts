import { fetchImages } from '#app/domain/imports/fetch-images.server.ts'
import { env } from '#env'

export async function runFetchImages(): Promise<void> {
  await fetchImages({ testHosts: env.testImageHosts })
}
