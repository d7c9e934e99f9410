import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { runProgram } from './steps.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/**
 * A Chromium for the browser tests: the one Playwright has or can fetch, else the machine's, else Debian's
 * package (as root). The words say which, or why there is none.
 */
export async function findChromium(): Promise<{ path: string | null; words: string }> {
  if (process.env.CHROMIUM_PATH) return found(process.env.CHROMIUM_PATH, 'named by CHROMIUM_PATH')
  const own = chromium.executablePath()
  if (existsSync(own)) return found(own, 'of Playwright')
  const onMachine = inPath()
  if (onMachine) return found(onMachine, 'of this machine')
  await runProgram({ command: 'timeout 300 playwright install chromium --only-shell' })
  if (existsSync(own)) return found(own, 'fetched by Playwright')
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await runProgram({ command: 'apt-get update -qq' })
    await runProgram({ command: 'apt-get install -y -qq --no-install-recommends chromium' })
    const installed = inPath()
    if (installed) return found(installed, 'installed from Debian')
  }
  const words = 'No Chromium: neither Playwright nor this machine has one, and none could be installed.'
  return { path: null, words }
}

function inPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(existsSync) ?? null
}

const found = (path: string, whose: string) => ({
  path,
  words: `Browser tests use the Chromium ${whose}: ${path}`,
})
