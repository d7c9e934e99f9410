import { handleDeadLetter } from '#app/domain/maintenance/handle-dead-letter.server.ts'

/** A job that failed every attempt. */
export async function handleDeadLetterJob(letter: {
  id: string
  queue: string | null
  data: unknown
}): Promise<void> {
  await handleDeadLetter(letter)
}
