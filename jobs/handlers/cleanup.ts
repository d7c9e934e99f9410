import { deleteExpired } from '#app/domain/maintenance/cleanup.server.ts'

export async function cleanup(): Promise<void> {
  await deleteExpired()
}
