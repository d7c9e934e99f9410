import express, { type RequestHandler, Router } from 'express'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { negotiateEncoding } from './accept-encoding.ts'

/** Files that the build compresses in advance. */
export const compressible = /\.(js|css|svg|json|txt|xml|webmanifest|ico)$/

/**
 * Serves the files of the build: /assets have a hash in their name and are immutable; the others are files of public/.
 * Where the build created a .br file, browsers that accept Brotli get that.
 */
export function staticFiles(folder: string): Router {
  const router = Router()
  const year = '365d'
  router.use(preferBrotli(folder))
  router.use(
    '/assets',
    express.static(path.join(folder, 'assets'), {
      ...plain,
      immutable: true,
      maxAge: year,
      fallthrough: false,
    }),
  )
  const others = filesOf(folder)
  const serveOther = express.static(folder, { ...plain, maxAge: '1h' })
  // Without this each page request would first look for a file of its name on disk.
  router.use((request, response, next) =>
    others.has(request.path) ? void serveOther(request, response, next) : next(),
  )
  return router
}

const plain: Parameters<typeof express.static>[1] = {
  index: false,
  redirect: false,
  dotfiles: 'ignore',
  setHeaders: (response, file) => {
    if (!file.endsWith('.br')) return
    response.setHeader('content-encoding', 'br')
    response.type(path.extname(file.slice(0, -'.br'.length)))
  },
}

function preferBrotli(folder: string): RequestHandler {
  const compressed = new Set(
    [...filesOf(folder)].filter((file) => file.endsWith('.br')).map((file) => file.slice(0, -'.br'.length)),
  )
  return (request, response, next) => {
    if (compressed.has(request.path)) {
      response.vary('accept-encoding')
      if (negotiateEncoding(request, ['br'])) request.url = `${request.path}.br`
    } else if (request.path.endsWith('.br')) return response.sendStatus(404)
    next()
  }
}

/** The paths of the files that existed at start. */
function filesOf(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return new Set(files.map((file) => `/${file.replaceAll(path.sep, '/')}`))
}
