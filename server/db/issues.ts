import type { z } from 'zod'

/** One thing wrong with what a caller sent: where, and what to do about it. */
export interface Issue {
  path: string
  message: string
}

const SHOWN = 20

/** What zod found, with unknown keys named one by one. */
export function issuesOf(error: z.core.$ZodError): Issue[] {
  return error.issues.slice(0, SHOWN).flatMap((issue): Issue[] => {
    const path = issue.path.map(String)
    if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }]
    return issue.keys.slice(0, SHOWN).map((key) => ({
      path: [...path, key].join('.'),
      message: `There is no field called ${key} here`,
    }))
  })
}
