import { deleteWhatIsOver } from '#app/domain/accounts/tidy.server.ts'

export async function tidy(): Promise<void> {
  await deleteWhatIsOver()
}
