import { z } from 'zod'
import { NodeKey } from '../document.ts'

/** What a library item may ask of those who install it; the API names the limit that was passed. */
export const parameterLimits = { parameters: 50, targets: 100, text: 20_000 } as const

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'Give it a name')
    .max(max)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'Use plain text on one line')

const Step = z
  .string()
  .min(1)
  .max(200)
  .refine((step) => step !== '__proto__', 'This is no field')

/** A place in a drawing: a node, and the way to a value in it, such as `['params', 'channel']` or `['connection']`. */
export const Target = z.strictObject({ node: NodeKey, path: z.array(Step).min(1).max(50) })
export type Target = z.infer<typeof Target>

const common = {
  /** Its name in `values`; stays the same from version to version. */
  key: NodeKey,
  label: line(120),
  help: z.string().max(500).default(''),
  targets: z.array(Target).min(1, 'Say where it goes').max(parameterLimits.targets),
}
const Text = z.string().max(parameterLimits.text)

export const Parameter = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('connection'),
    /** Kinds of connection that fit. */
    kinds: z.array(z.string().max(100)).min(1).max(50),
    required: z.boolean().default(true),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('text'),
    default: Text.optional(),
    multiline: z.boolean().optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('number'), default: z.number().optional() }),
  z.strictObject({
    ...common,
    kind: z.literal('choice'),
    options: z
      .array(z.strictObject({ value: Text, label: line(120) }))
      .min(1)
      .max(100),
    default: Text.optional(),
  }),
])
export type Parameter = z.infer<typeof Parameter>

export const Parameters = z
  .array(Parameter)
  .max(parameterLimits.parameters, `An item asks for at most ${parameterLimits.parameters} parameters`)

/** What was filled in, by parameter. A connection is its id. */
export const Values = z.record(NodeKey, z.union([Text, z.number()]))
export type Values = z.infer<typeof Values>

/** What is wrong with what was filled in, by parameter. Connections may wait: without them the workflow stays off. */
export function faultsOf(
  parameters: readonly Parameter[],
  values: Values,
): { key: string; message: string }[] {
  const known = new Map(parameters.map((parameter) => [parameter.key, parameter]))
  const strays = Object.keys(values)
    .filter((key) => !known.has(key))
    .map((key) => ({ key, message: 'This item asks for no such thing' }))
  return [...strays, ...parameters.flatMap((one) => faultOf(one, ownValue(values, one.key)) ?? [])]
}

function faultOf(parameter: Parameter, value: string | number | undefined) {
  const { key } = parameter
  if (value === undefined || value === '') {
    const left = parameter.kind === 'connection' || parameter.default !== undefined
    return left ? undefined : { key, message: 'Fill this in' }
  }
  switch (parameter.kind) {
    case 'connection':
      return z.uuid().safeParse(value).success ? undefined : { key, message: 'Choose a connection' }
    case 'text':
      return typeof value === 'string' ? undefined : { key, message: 'Give a text' }
    case 'number':
      return typeof value === 'number' ? undefined : { key, message: 'Give a number' }
    case 'choice':
      return parameter.options.some((option) => option.value === value)
        ? undefined
        : { key, message: 'Choose one of the options' }
    default:
      return parameter satisfies never
  }
}

export const ownValue = (values: Values, key: string) =>
  Object.hasOwn(values, key) ? values[key] : undefined
