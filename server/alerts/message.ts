import { z } from 'zod'

/** What an alert says, whichever way it goes. */
export interface AlertMessage {
  id: string
  rule: { id: string; name: string; kind: string }
  tenant: { name: string; slug: string }
  summary: string
  detail: Record<string, unknown>
  /** The page to look at. */
  url: string
  at: string
}

const RunId = z.object({ runId: z.uuid() })

/** The run it is about, else the list of alerts. */
export function pageOf(about: { baseUrl: string; slug: string; detail: unknown }): string {
  const { baseUrl, slug, detail } = about
  const run = RunId.safeParse(detail)
  return run.success ? `${baseUrl}/${slug}/runs/${run.data.runId}` : `${baseUrl}/${slug}/alerts`
}

export function subjectOf({ tenant, summary }: AlertMessage): string {
  return `[Trama · ${tenant.name}] ${summary}`.slice(0, 200)
}

export function textOf({ rule, tenant, summary, url, at }: AlertMessage): string {
  return `${summary}\n\n${url}\n\nRule “${rule.name}” of ${tenant.name}, ${at}.\n`
}
