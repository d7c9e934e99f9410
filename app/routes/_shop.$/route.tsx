import { orNotFound } from '#app/http/respond.server.ts'

/** Every address that nothing else answers: not found, with the shop around it. */
export const loader = () => orNotFound(null)

export const action = () => orNotFound(null)

export default function NotFound() {
  return null
}
