import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { runProgram } from './steps.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/**
 * A Chromium for the browser tests: Playwright's own or one it can download, else the system's, else Debian's package
 * (as root). `message` says which, or why there is none.
 */
export async function findChromium(): Promise<{ path: string | null; message: string }> {
  if (process.env.CHROMIUM_PATH) return found(process.env.CHROMIUM_PATH, 'named by CHROMIUM_PATH')
  const own = chromium.executablePath()
  if (existsSync(own)) return found(own, 'from Playwright')
  const onMachine = inPath()
  if (onMachine) return found(onMachine, 'from this machine')
  await runProgram({ command: 'timeout 300 playwright install chromium --only-shell' })
  if (existsSync(own)) return found(own, 'downloaded by Playwright')
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await runProgram({ command: 'apt-get update -qq' })
    await runProgram({ command: 'apt-get install -y -qq --no-install-recommends chromium' })
    const installed = inPath()
    if (installed) return found(installed, 'installed from Debian')
  }
  const message = 'No Chromium found, and none could be installed.'
  return { path: null, message }
}

function inPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(existsSync) ?? null
}

const found = (path: string, whose: string) => ({
  path,
  message: `Browser tests use the Chromium ${whose}: ${path}`,
})
