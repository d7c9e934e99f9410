import { refreshBoughtTogether } from '#app/domain/recommendations/bought-together.server.ts'

export async function refreshTogether(): Promise<void> {
  await refreshBoughtTogether(new Date())
}
