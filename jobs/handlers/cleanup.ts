import { deleteExpired } from '#app/domain/cleanup/cleanup.server.ts'

export async function cleanup(): Promise<void> {
  await deleteExpired()
}
