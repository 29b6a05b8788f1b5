import type { Records } from './sub-steps.ts'

const NAME = /^attention\[(\d+)\]$/

/** The name of what a step asks when that attempt ended and must not simply count as failed. */
export const attentionName = (attempt: number): string => `attention[${attempt}]`

/** The last attempt after which somebody had the step go on: its retries count from there. 0 when nobody did. */
export function resumedAfter(records: Records | undefined): number {
  let last = 0
  for (const [name, { status }] of records ?? []) {
    const attempt = Number(NAME.exec(name)?.[1] ?? 0)
    if (status === 'done' && attempt > last) last = attempt
  }
  return last
}
