/** `npm run build`: Remix's build, the store's manifest, then a .br file for everything that compresses. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { shopManifest, shopManifestUrl } from '../app/http/server/shop-manifest.ts'
import { compressible } from '../app/http/server/static-files.ts'

const root = path.dirname(import.meta.dirname)

export function build() {
  rmSync(path.join(root, 'build/.complete'), { force: true })
  const cli = path.join(root, 'node_modules/@remix-run/dev/dist/cli.js')
  const { status } = spawnSync(process.execPath, [cli, 'vite:build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
    // Tests set NODE_ENV=test, which would bundle React's development build.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0) process.exit(status ?? 1)
  writeShopManifest(path.join(root, 'build/client/assets'))
  compress(path.join(root, 'build/client'))
  // Written last: an interrupted build does not count.
  writeFileSync(path.join(root, 'build/.complete'), '')
}

function writeShopManifest(folder: string) {
  const name = readdirSync(folder).find((file) => /^manifest-\w+\.js$/.test(file))!
  const text = readFileSync(path.join(folder, name), 'utf8')
  writeFileSync(path.join(folder, path.basename(shopManifestUrl(`/assets/${name}`))), shopManifest(text))
}

function compress(folder: string) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!compressible.test(name)) continue
    const bytes = readFileSync(path.join(folder, name))
    if (bytes.length < 1024) continue
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(bytes, { params }))
  }
}

if (import.meta.main) build()
