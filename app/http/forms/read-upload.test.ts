import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { createReadableStreamFromReadable } from '@remix-run/node'
import { afterEach, expect, test } from 'vitest'
import { readUpload } from './read-upload.server.ts'

let server: Server | undefined

afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(null))))

const boundary = 'xyz'
const type = `multipart/form-data; boundary=${boundary}`
const field = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (filename: string, content: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n`
const end = `--${boundary}--\r\n`

function post(body: string, contentType = type) {
  return new Request('http://shop.test/', { method: 'POST', body, headers: { 'content-type': contentType } })
}

async function textOf(bytes: AsyncIterable<Uint8Array>) {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('readUpload returns the fields before the file, and the file as a stream', async () => {
  const { form, files } = await readUpload(
    post(
      field('csrf', 'abc') +
        field('overwrite', 'on') +
        file('größe; "a".csv'.replaceAll('"', '%22'), 'a,b\r\n1,2') +
        end,
    ),
  )
  expect(form.get('csrf')).toBe('abc')
  expect(form.get('overwrite')).toBe('on')
  const seen: string[] = []
  for await (const { filename, bytes } of files) seen.push(filename, await textOf(bytes))
  expect(seen[0]).toContain('größe; ')
  expect(seen[1]).toBe('a,b\r\n1,2')
})

test('readUpload returns several files in order', async () => {
  const { files } = await readUpload(post(file('a.csv', 'A') + file('b.csv', 'B') + end))
  const seen: string[] = []
  for await (const { bytes } of files) seen.push(await textOf(bytes))
  expect(seen).toEqual(['A', 'B'])
})

test('readUpload returns no file for a form without one', async () => {
  const { form, files } = await readUpload(post(field('csrf', 'abc') + end))
  expect(form.get('csrf')).toBe('abc')
  for await (const unexpected of files) expect(unexpected).toBeUndefined()
})

test('readUpload throws while a truncated file is read', async () => {
  const { files } = await readUpload(post(file('a.csv', 'a,b\r\n1,2').slice(0, -4)))
  await expect(
    (async () => {
      for await (const { bytes } of files) await textOf(bytes)
    })(),
  ).rejects.toMatchObject({ status: 400 })
})

test('readUpload answers 400 to other bodies', async () => {
  await expect(readUpload(post('a=1', 'application/x-www-form-urlencoded'))).rejects.toMatchObject({
    status: 400,
  })
  await expect(readUpload(post('a=1', 'multipart/form-data'))).rejects.toMatchObject({ status: 400 })
  await expect(readUpload(post('nonsense'))).rejects.toMatchObject({ status: 400 })
})

test('readUpload throws when the connection is lost during a file', async () => {
  const outcome = new Promise<string>((resolve) => {
    server = createServer((incoming) => {
      const request = new Request('http://shop.test/', {
        method: 'POST',
        headers: { 'content-type': type },
        body: createReadableStreamFromReadable(incoming),
        duplex: 'half',
      })
      readUpload(request)
        .then(async ({ files }) => {
          for await (const { bytes } of files) await textOf(bytes)
          resolve('whole')
        })
        .catch(() => resolve('broken off'))
    })
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const socket = connect((server!.address() as AddressInfo).port, '127.0.0.1')
  socket.write(
    `POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Type: ${type}\r\nContent-Length: 100000\r\n\r\n` +
      file('a.csv', 'a,b\r\n1,2'.repeat(1000)),
  )
  setTimeout(() => socket.destroy(), 100)
  expect(await outcome).toBe('broken off')
})
