// For contract tests: a node as a worker runs it, through the guarded client, against a stand-in for its service.
import { catalog, connections } from '#nodes/catalog.ts'
import { type AnyStep, type NodeContext, Paused, Routed } from '#nodes/kit/define-node.ts'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import type { HttpRequest } from '#nodes/kit/http.ts'
import type { Json, JsonObject } from '#nodes/kit/json.ts'
import type { FileRef } from '#nodes/kit/means.ts'
import { noMeans } from '#nodes/kit/no-means.ts'
import { createEgress } from '#server/egress/client.ts'
import type { ServiceHost } from '#server/egress/service-hosts.ts'

export interface Calling {
  params: Json
  /** Kind and fields of its connection. */
  connection?: { kind: string; fields: Record<string, Json>; hosts?: readonly string[] }
  services?: readonly ServiceHost[]
  key?: string
}

export interface KeptFile {
  name: string
  type: string
  bytes: Uint8Array
}

/** What one step may use in these tests: `files` outlives the call, to look into. */
export function caller(files = new Map<string, KeptFile>()) {
  return {
    files,
    keep(file: KeptFile): FileRef {
      const id = crypto.randomUUID()
      files.set(id, file)
      return { file: id, name: file.name, type: file.type, size: file.bytes.length }
    },
    call(type: string, about: Calling): Promise<unknown> {
      return this.with(type, about, (node, ctx) => node.run(ctx))
    },
    /** Asks the other side whether a step of that key happened. */
    reconcile(type: string, about: Calling): Promise<unknown> {
      return this.with(type, about, (node, ctx) => node.reconcile?.(ctx))
    },
    async with(
      type: string,
      about: Calling,
      work: (node: AnyStep, ctx: NodeContext<unknown, string>) => unknown,
    ): Promise<unknown> {
      const node = catalog.find(({ id }) => id === type)
      if (node?.role !== 'step') throw new Error(`There is no step ${type}`)
      const egress = createEgress({ allow: ['127.0.0.1'], services: about.services ?? [] })
      try {
        return await work(node, {
          ...noMeans,
          params: node.params.parse(about.params),
          input: null,
          http: (request) => egress.request({ ...request, ...attached(about, request) }),
          files: {
            read: async ({ file }) => files.get(file) ?? refuse(`No file ${file}`),
            write: async (file) => this.keep(file),
          },
          log: () => {},
          to: (port, value) => new Routed(port, value),
          pause: (untilMs, value) => new Paused(untilMs, value),
          respond: () => refuse('No caller'),
          runCode: () => refuse('No code'),
          nowMs: Date.UTC(2026, 0, 1),
          idempotencyKey: about.key ?? 'key-1',
          signal: AbortSignal.timeout(20_000),
        })
      } finally {
        await egress.close()
      }
    },
  }
}

/** As server/runtime/connection-http.ts does it, with the fields in hand. */
function attached({ connection }: Pick<Calling, 'connection'>, request: HttpRequest) {
  if (!connection) return {}
  const definition = connections.find(({ id }) => id === connection.kind)
  if (!definition) throw new Error(`There is no connection ${connection.kind}`)
  const fields: JsonObject = connection.fields
  const url = request.url.startsWith('/')
    ? (definition.address?.(fields, request.url) ?? request.url)
    : request.url
  const named = definition.hosts?.map((host) => host.replace(/\{(\w+)\}/g, (_, name) => hostOf(fields[name])))
  return {
    url,
    connection: {
      hosts: named ?? connection.hosts ?? [],
      attach: (plain: HttpRequest) => definition.attach(definition.fields.parse(fields), plain),
    },
  }
}

function hostOf(value: Json | undefined): string {
  const text = String(value ?? '')
  return URL.canParse(text) ? new URL(text).host : text
}

function refuse(what: string): never {
  throw fail('not_available', what)
}

/** How the work failed. Throws when it did not. */
export async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => new Error('It did not fail'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof StepFailure) return error.failure
  throw error
}

export type TestedConnection = NonNullable<Calling['connection']> & { services: readonly ServiceHost[] }

/** What a connection of these fields says when it is tried. */
export async function tested({ services, ...connection }: TestedConnection): Promise<{ account?: string }> {
  const definition = connections.find(({ id }) => id === connection.kind)
  if (!definition?.test) throw new Error(`The connection ${connection.kind} cannot be tried`)
  const egress = createEgress({ allow: ['127.0.0.1'], services })
  try {
    return await definition.test({
      fields: definition.fields.parse(connection.fields),
      http: (request) => egress.request({ ...request, ...attached({ connection }, request) }),
      sql: noMeans.sql,
      verifyMail: () => refuse('No mail server'),
    })
  } finally {
    await egress.close()
  }
}
