import { connect } from 'node:net'

/** Sends exactly this and answers with what comes back, until the shop hangs up. */
export async function rawRequest(
  origin: string,
  text: string | Buffer,
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.write(text)
  const pieces: Buffer[] = []
  try {
    for await (const piece of socket) pieces.push(piece as Buffer)
  } catch (error) {
    // Hung up while we were still sending: what was answered before counts.
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error
  }
  const body = Buffer.concat(pieces).toString()
  return { status: Number(body.split(' ')[1]), body }
}
