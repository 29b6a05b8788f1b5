import { useLocale } from 'use-intl'
import { toast } from '#client/ui/toasts.ts'
import { useT } from './use-t.ts'

const appCodes = [
  'not_found',
  'forbidden',
  'conflict',
  'invalid',
  'unprocessable',
  'limit_reached',
  'signed_out',
] as const
export type TroubleCode = (typeof appCodes)[number] | 'offline' | 'unexpected'

/** What went wrong between us and the server, whatever form it came in. */
export interface Trouble {
  code: TroubleCode
  /** The server's own sentence, in English; only when it was written for people. */
  message: string | null
  requestId: string | null
  /** Fields that were refused. */
  issues: { path: string; message: string }[]
  /** What else the server told, such as the revision at a conflict. */
  details: Record<string, unknown>
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

function issuesOf(value: unknown): Trouble['issues'] {
  if (!Array.isArray(value)) return []
  return value.flatMap((issue: unknown) => {
    if (!isObject(issue)) return []
    const path = Array.isArray(issue.path) ? issue.path.join('.') : (text(issue.path) ?? '')
    return [{ path, message: text(issue.message) ?? '' }]
  })
}

/** Reads an error of tRPC, of fetch, or any other. */
export function troubleOf(error: unknown): Trouble {
  const data = isObject(error) && isObject(error.data) ? error.data : refusalIn(error)
  if (!data) {
    const offline = isObject(error) && (error.name === 'TRPCClientError' || error instanceof TypeError)
    return {
      code: offline ? 'offline' : 'unexpected',
      message: null,
      requestId: null,
      issues: [],
      details: {},
    }
  }
  const code = appCodes.find((code) => code === data.appCode) ?? byStatus(data.httpStatus)
  return {
    code,
    message:
      code === 'unexpected' ? null : (text(data.message) ?? text(isObject(error) ? error.message : null)),
    requestId: text(data.requestId),
    issues: issuesOf(data.issues),
    details: isObject(data.details) ? data.details : {},
  }
}

/** A refusal from before tRPC, in the form of the public API: a rate limit, an origin, a body too large. */
function refusalIn(error: unknown): Record<string, unknown> | null {
  if (!isObject(error) || !isObject(error.meta)) return null
  const { response, responseJSON } = error.meta
  if (!isObject(responseJSON)) return null
  return {
    ...responseJSON,
    appCode: responseJSON.code,
    httpStatus: isObject(response) ? response.status : null,
  }
}

function byStatus(status: unknown): TroubleCode {
  if (status === 401) return 'signed_out'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 429) return 'limit_reached'
  if (status === 400) return 'invalid'
  return 'unexpected'
}

type Reason =
  | { kind: 'suspended'; why: string | null }
  | { kind: 'runsPerMinute' | 'queuedRuns' | 'dailyRuns'; most: number }

/** The few refusals that have words of their own, because what to do about them differs. */
export function reasonOf({ code, details }: Pick<Trouble, 'code' | 'details'>): Reason | null {
  if (details.reason === 'suspended' && (code === 'forbidden' || code === 'limit_reached'))
    return { kind: 'suspended', why: sentence(text(details.why)) }
  const { limit, most } = details
  if (code !== 'limit_reached' || typeof most !== 'number') return null
  return limit === 'runsPerMinute' || limit === 'queuedRuns' || limit === 'dailyRuns'
    ? { kind: limit, most }
    : null
}

/** What an administrator wrote, as a sentence that another may follow. */
const sentence = (words: string | null) => words && (/[.!?…]$/.test(words) ? words : `${words}.`)

/** Says a trouble in the viewer's language: a title, what to do, and the request to quote. Made for `toast` and `ErrorState`. */
export function useTroubleWords() {
  const t = useT('shell')
  const locale = useLocale()
  return (error: unknown) => {
    const trouble = troubleOf(error)
    const reason = reasonOf(trouble)
    if (reason?.kind === 'suspended') {
      const { why } = reason
      const body = why ? t('trouble.suspended.because', { why }) : t('trouble.suspended.body')
      return { ...trouble, title: t('trouble.suspended.title'), body }
    }
    if (reason) {
      const { kind, most } = reason
      return { ...trouble, title: t(`trouble.${kind}.title`), body: t(`trouble.${kind}.body`, { most }) }
    }
    const own = locale === 'en' ? trouble.message : null
    return {
      ...trouble,
      title: t(`trouble.${trouble.code}.title`),
      body: own ?? t(`trouble.${trouble.code}.body`),
    }
  }
}

/** Shows a trouble as a toast; for acts that have no place of their own to show it. */
export function useTroubleToast() {
  const words = useTroubleWords()
  return (error: unknown) => {
    const { title, body, requestId } = words(error)
    toast({ tone: 'bad', title, body, requestId })
  }
}
