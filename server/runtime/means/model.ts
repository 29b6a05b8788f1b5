import { z } from 'zod'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import type { HttpRequest } from '#nodes/kit/http.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { ModelChoice, ModelReply, ModelRequest } from '#nodes/kit/model.ts'
import { guardedFetch } from '#server/egress/fetch.ts'
import { askAnthropic } from '#server/models/anthropic.ts'
import { askInOrder } from '#server/models/ask-in-order.ts'
import type { AsksModel } from '#server/models/model-call.ts'
import { askOpenai } from '#server/models/openai.ts'
import { costOf, type Price } from '#server/models/prices.ts'
import { liveConnection } from '../live-connection.ts'
import { maskOf, withoutCutEnd } from '../mask.ts'
import { secretsIn } from '../secrets-in.ts'
import { stopAtMonthlyLimit } from './monthly-cost.ts'
import type { StepAbout } from './step-about.ts'

const providers: Readonly<Record<string, AsksModel>> = {
  'model.anthropic': askAnthropic,
  'model.openai': askOpenai,
}

/** Of both kinds, as far as they have them: fields are texts, and one that is empty is not given. */
const PriceText = z.string().transform((text) => (text.trim() === '' ? undefined : Number(text)))
const Fields = z.object({
  baseUrl: z.url(),
  inputPrice: PriceText.optional(),
  outputPrice: PriceText.optional(),
})

/** `ctx.model` of one step: the first of its choices that answers, as long as the tenant's month is not used up. */
export function modelFor(step: StepAbout): Means['model'] {
  return async ({ choices, ...request }) => {
    await stopAtMonthlyLimit(step)
    return askInOrder(choices, async (choice) => {
      try {
        return await ask(step, { choice, request })
      } catch (error) {
        if (!(error instanceof StepFailure) || choices.length === 1) throw error
        const { code } = error.failure
        step.log.info({ runId: step.runId, model: choice.model, code }, 'A model did not answer')
        throw error
      }
    })
  }
}

/** The key joins a request in the last moment, and neither a reply nor a failure gives it back. */
async function ask(
  { door, tenantId, signal }: StepAbout,
  { choice, request }: { choice: ModelChoice; request: Omit<ModelRequest, 'choices'> },
): Promise<ModelReply> {
  const { stream } = door.egress
  if (!stream) throw fail('not_available', 'There is no way out to a model here.')
  const kinds = Object.keys(providers)
  const live = await liveConnection(door, { tenantId, id: choice.connection, kinds })
  const { definition, kind, hosts } = live
  const asks = providers[kind]
  const fields = Fields.safeParse(live.fields)
  if (!asks || !fields.success)
    throw fail('connection_wrong_kind', 'The connection of this step does not lead to a model')
  const secrets: string[] = []
  const attach = (plain: HttpRequest) => {
    const attached = definition.attach(live.fields, plain)
    secrets.push(...secretsIn({ definition, fields: live.fields, plain, attached }))
    return attached
  }
  const price = ownPrice(fields.data)
  const { onText, ...rest } = request
  try {
    const reply = await asks({
      ...rest,
      ...{ model: choice.model, baseUrl: fields.data.baseUrl, signal },
      ...(onText ? { onText: (delta: string) => onText(maskOf(secrets)(delta)) } : {}),
      fetch: guardedFetch({ stream, signal, connection: { hosts, attach } }),
      priced: (usage) => ({ ...usage, costUsd: costOf(usage, price) }),
    })
    return withoutSecrets(reply, secrets)
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    const { failure } = error
    const message = withoutCutEnd(maskOf(secrets)(failure.message), secrets)
    throw new StepFailure({ ...failure, message })
  }
}

function withoutSecrets(reply: ModelReply, secrets: readonly string[]): ModelReply {
  const mask = maskOf(secrets)
  return {
    ...reply,
    text: mask(reply.text),
    calls: reply.calls.map((call) => ({ ...call, name: mask(call.name), args: mask(call.args) })),
    ...(reply.data === undefined ? {} : { data: mask(reply.data) }),
  }
}

/** Both, or none: half a price is no price. */
function ownPrice({ inputPrice, outputPrice }: z.infer<typeof Fields>): Price | null {
  return inputPrice === undefined || outputPrice === undefined
    ? null
    : { input: inputPrice, output: outputPrice }
}
