import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { deliver } from './delivery.server.ts'

test('a mail server whose answer trickles in is given up after fifteen seconds', async () => {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    socket.write('220 mail.example\r\n')
    // Lines of an answer that never ends: the connection is never idle.
    const timer = setInterval(() => socket.write('250-AND-ANOTHER\r\n'), 500)
    socket.on('close', () => clearInterval(timer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const text = { subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' }
  const sending = deliver(
    { key: 'mail:1', from: 'shop@example.com', to: 'ada@example.com', ...text },
    { smtpUrl: `smtp://127.0.0.1:${port}` },
  )
  await expect(sending).rejects.toThrow('The email service did not respond in time')
  for (const socket of sockets) socket.destroy()
  server.close()
})
