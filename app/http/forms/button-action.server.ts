import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import {
  logSecurityEvent,
  type SecurityEvent,
  type SecurityEventDetails,
} from '#app/http/server/security-events.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from './parse-form.ts'
import { parseId } from './parse-id.ts'
import { orNotFound, redirectWithToast, type Toast } from './respond.server.ts'

type Refusal = { ok: false; reason: string }
type Done<Result> = Exclude<Result, Refusal | null>
type Reason<Result> = Extract<Result, Refusal>['reason']
type Ids<Name extends string> = Record<Name, number>

type Button<Name extends string, Result, Messages> = {
  /** The parameters of the URL, all ids. */
  ids: readonly Name[]
  /** What the button does, as the signed-in user. null and the reason 'not-found' are a 404. */
  command: (ids: Ids<Name>, userId: number) => Promise<Result>
  /** Logged when the command was not refused. */
  event?: (ids: Ids<Name>) => readonly [SecurityEvent, SecurityEventDetails]
  /** Where the user continues, also after a GET; `done` is the command's result. */
  page: (ids: Ids<Name>, done?: Done<Result>) => string
  /** The toast; a string is a success. */
  done?: string | ((done: Done<Result>) => Toast)
  /** Called by script: a 204 in place of the redirect. */
  isSilent?: boolean
  /** The toast for each reason; with one for 'not-found', that is a message too and no 404. */
  refusals?: Messages
}

/** Not empty, so that the call does not compile, when a reason has no message. */
type Missing<Result, Messages> = [Exclude<Reason<Result>, 'not-found' | keyof Messages>] extends [never]
  ? []
  : [reasonsWithoutMessage: Exclude<Reason<Result>, 'not-found' | keyof Messages>]

/**
 * The loader and the action of a route that is one button of signed-in users: a POST form without fields. The action
 * checks ids and CSRF token, runs one command and redirects with a toast (303); the loader redirects a GET to the page.
 */
export function buttonAction<const Name extends string, Result, Messages = unknown>(
  button: Button<Name, Result, Messages>,
  ..._: Missing<Result, Messages>
) {
  const { ids: names, command, event, page, done, isSilent = false } = button
  const refusals = button.refusals as Record<string, string> | undefined
  const idsOf = (params: LoaderFunctionArgs['params']) =>
    Object.fromEntries(names.map((name) => [name, parseId(params[name])])) as Ids<Name>

  async function action({ request, params, context }: ActionFunctionArgs): Promise<Response> {
    const { id: userId } = await requireUser(request)
    const ids = idsOf(params)
    await parseForm(request, z.object({}))
    const result = await command(ids, userId)
    if (result === null) throw orNotFound(null)
    if (isRefusal(result)) {
      const text = refusals?.[result.reason]
      if (text === undefined) throw orNotFound(null)
      return redirectWithToast(page(ids), { kind: 'error', text })
    }
    if (event) {
      const [name, details] = event(ids)
      logSecurityEvent(context, name, { userId, ...details })
    }
    if (isSilent) return new Response(null, { status: 204 })
    const to = page(ids, result as Done<Result>)
    if (done === undefined) return redirect(to, 303)
    const toast =
      typeof done === 'string' ? { kind: 'success' as const, text: done } : done(result as Done<Result>)
    return redirectWithToast(to, toast)
  }

  return {
    action,
    loader: ({ params }: LoaderFunctionArgs) => redirect(page(idsOf(params)), 303),
  }
}

function isRefusal(result: unknown): result is Refusal {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false
}
