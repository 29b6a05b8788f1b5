/** One step into a value: a key of an object, or an index of a list. */
export type Segment = string | number

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/

/** The expression that goes from `root` into a value: `steps.fetch["content-type"][0]`. */
export function pathText(root: string, segments: readonly Segment[]): string {
  return segments.reduce<string>((path, segment) => path + segmentText(segment), root)
}

function segmentText(segment: Segment): string {
  if (typeof segment === 'number') return `[${segment}]`
  return PLAIN_NAME.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`
}

/** Whether a problem at `field` belongs to what is edited at `path`: there, or inside it. */
export const isAt = (field: string, path: string) => field === path
export const isWithin = (field: string, path: string) => field.startsWith(`${path}.`)

/** The path of a field inside another, as problems name it. */
export const inside = (path: string, segment: Segment) => `${path}.${segment}`
