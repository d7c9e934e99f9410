import { giveUp } from '#app/domain/notifications/give-up.server.ts'

/** A job that failed every time it was tried. */
export async function takeDeadLetter(letter: {
  id: string
  queue: string | null
  data: unknown
}): Promise<void> {
  await giveUp(letter)
}
