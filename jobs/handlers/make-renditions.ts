import { makeRenditions } from '#app/domain/media/make-renditions.server.ts'
import type { JobData } from '#db/queues.ts'

export async function runMakeRenditions({ hash }: JobData['make-renditions']): Promise<void> {
  await makeRenditions(hash)
}
