import { recountSearchWords, refreshSearchWords } from '#app/domain/search/refresh-words.server.ts'

export async function refreshWords(): Promise<void> {
  await refreshSearchWords()
}

export async function recountWords(): Promise<void> {
  await recountSearchWords()
}
