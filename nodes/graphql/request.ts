import {
  defineNode,
  fail,
  type HttpReply,
  isJsonObject,
  Json,
  JsonObject,
  objectsIn,
  textIn,
  z,
} from '../kit/index.ts'

export const graphqlRequest = defineNode({
  id: 'graphql.request',
  version: 1,
  title: 'GraphQL request',
  summary: 'Asks a GraphQL address for exactly the fields that are needed, or changes something there.',
  group: 'app',
  icon: 'braces',
  line: 'GraphQL {url}',
  connection: {
    kinds: ['http.header', 'http.bearer', 'http.basic', 'http.query', 'http.oauth2'],
    required: false,
  },
  effect: 'idempotent',
  // The text says what is changed there, as the address says where.
  destination: ['url', 'query', 'operation'],
  retry: { attempts: 3, delayMs: 1_000 },
  timeoutMs: 30_000,
  params: z.object({
    url: z.url({ protocol: /^https?$/ }).meta({
      title: 'URL',
      description: 'Of the GraphQL endpoint.',
      placeholder: 'https://api.example.com/graphql',
    }),
    query: z.string().min(1).max(100_000).meta({
      title: 'Query',
      description:
        'A query or a mutation. What is different each time goes into variables, not into this text.',
      placeholder: 'query Order($id: ID!) {\n  order(id: $id) { total }\n}',
      widget: 'multiline',
    }),
    variables: JsonObject.default({}).meta({
      title: 'Variables',
      placeholder: '{ "id": "7" }',
      widget: 'json',
    }),
    operation: z.string().max(200).default('').meta({
      title: 'Operation',
      description: 'Which one to run, when the text has several.',
      placeholder: 'Order',
    }),
    headers: z.record(z.string().max(200), z.string()).default({}).meta({ title: 'Headers' }),
    partial: z.boolean().default(false).meta({
      title: 'Accept a partial answer',
      description: 'Goes on when there are errors beside data. Off: any error fails the step.',
    }),
  }),
  output: z.object({
    data: Json.meta({ title: 'Data' }),
    errors: z.array(JsonObject).meta({ title: 'Errors', description: 'Only with a partial answer.' }),
  }),
  async run({ params, http, idempotencyKey }) {
    const { url, query, variables, operation, headers } = params
    const own = Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key')
    const reply = await http({
      method: 'POST',
      url,
      headers: {
        accept: 'application/graphql-response+json, application/json',
        ...(own ? {} : { 'Idempotency-Key': idempotencyKey }),
        ...headers,
      },
      body: { query, variables, ...(operation === '' ? {} : { operationName: operation }) },
    })
    return answerOf(reply, params.partial)
  },
  examples: [
    {
      title: 'Read an order',
      params: {
        url: 'https://api.example.com/graphql',
        query: 'query Order($id: ID!) { order(id: $id) { total } }',
        variables: { id: '7' },
      },
      replies: {
        'POST https://api.example.com/graphql': {
          status: 200,
          headers: {},
          body: { data: { order: { total: 120 } } },
        },
      },
      output: { data: { order: { total: 120 } }, errors: [] },
    },
    {
      title: 'A field that does not exist',
      params: { url: 'https://api.example.com/graphql', query: '{ orders { colour } }' },
      replies: {
        'POST https://api.example.com/graphql': {
          status: 200,
          headers: {},
          body: { errors: [{ message: 'Cannot query field "colour" on type "Order".' }] },
        },
      },
      fails: 'graphql_error',
    },
  ],
})

/** GraphQL says 200 and `errors`; what is not GraphQL at all has another status or shape. */
function answerOf({ status, body }: HttpReply, partial: boolean): { data: Json; errors: JsonObject[] } {
  if (!isJsonObject(body) || !(Object.hasOwn(body, 'data') || Array.isArray(body.errors))) {
    if (status >= 400) throw fail(`http_${status}`, `The address answered with status ${status}.`)
    throw fail('not_graphql', 'The address answered with something that is not GraphQL. Check the URL.')
  }
  const errors = objectsIn(body, 'errors')
  const data = body.data ?? null
  if (errors.length === 0 && status < 400) return { data, errors }
  if (partial && data !== null) return { data, errors }
  const texts = errors.slice(0, 3).map((error) => `${textIn(error, 'message')}${placeOf(error)}`)
  throw fail(
    'graphql_error',
    texts.join(' · ').slice(0, 500) || `The address answered with status ${status}.`,
  )
}

/** `(at order.total)` */
function placeOf({ path }: JsonObject): string {
  return Array.isArray(path) && path.length > 0 ? ` (at ${path.join('.')})` : ''
}
