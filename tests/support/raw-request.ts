import { connect } from 'node:net'

/** Sends exactly this and returns the response, until the shop closes the connection. */
export async function rawRequest(
  origin: string,
  text: string | Buffer,
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.write(text)
  const chunks: Buffer[] = []
  try {
    for await (const chunk of socket) chunks.push(chunk as Buffer)
  } catch (error) {
    // Closed while we were still sending: the response before that counts.
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error
  }
  const body = Buffer.concat(chunks).toString()
  return { status: Number(body.split(' ')[1]), body }
}
