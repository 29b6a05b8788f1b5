import type { OpenAI } from 'openai'
import { isJson, isJsonObject, type Json, type JsonObject } from '#nodes/kit/json.ts'
import type { ModelReply, ToolCall } from '#nodes/kit/model.ts'
import { garbled } from './failures.ts'
import type { ModelCall } from './model-call.ts'

interface Begun {
  id: string
  name: string
  args: string
  extra?: Json
}

/** Puts a reply together from its pieces. */
export class OpenaiReply {
  #text = ''
  #refusal = ''
  #finish: string | null = null
  #usage: OpenAI.CompletionUsage | undefined
  readonly #calls: Begun[] = []
  /** Where in `#calls` the call of an index is now. */
  readonly #places = new Map<number, number>()

  /** Takes in a piece, and gives the text in it. */
  add(chunk: OpenAI.ChatCompletionChunk): string {
    if (chunk.usage) this.#usage = chunk.usage
    const [choice] = chunk.choices ?? []
    if (!choice) return ''
    const { delta = {}, finish_reason: finish } = choice
    if (finish) this.#finish = finish
    if (typeof delta.refusal === 'string') this.#refusal += delta.refusal
    for (const piece of delta.tool_calls ?? []) this.#addCall(piece)
    const text = typeof delta.content === 'string' ? delta.content : ''
    this.#text += text
    return text
  }

  #addCall(piece: OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall): void {
    const { index = this.#calls.length, id, function: given } = piece
    let place = this.#places.get(index)
    const before = place === undefined ? undefined : this.#calls[place]
    // Some servers send every call whole and under the index 0.
    if (!before || (id && before.id !== '' && id !== before.id)) {
      place = this.#calls.push({ id: '', name: '', args: '' }) - 1
      this.#places.set(index, place)
    }
    const call = this.#calls[place ?? 0]
    if (!call) return
    if (id) call.id = id
    if (given?.name) call.name ||= given.name
    call.args += given?.arguments ?? ''
    const extra: unknown = 'extra_content' in piece ? piece.extra_content : undefined
    if (isJson(extra) && extra !== null) call.extra = extra
  }

  /** `before` is how many calls the conversation has had: servers that give no ids get ids of ours. */
  finished(call: ModelCall, before: number): ModelReply {
    if (this.#finish === null && this.#text === '' && this.#calls.length === 0)
      throw garbled(call.model, 'it ended before it said anything')
    const calls = this.#calls.map((one, at) => callOf({ ...one, id: one.id || `call_${before + at}` }))
    const extras = this.#calls.flatMap(({ extra }, at) => {
      const id = calls[at]?.id
      return extra === undefined || id === undefined ? [] : [[id, extra] as const]
    })
    const isRefused = this.#refusal !== '' || this.#finish === 'content_filter'
    const text = isRefused && this.#text === '' ? this.#refusal : this.#text
    return {
      text,
      calls,
      ...(extras.length > 0 ? { kept: { model: call.model, content: Object.fromEntries(extras) } } : {}),
      stop: isRefused ? 'refused' : this.#finish === 'length' ? 'length' : calls.length > 0 ? 'tools' : 'end',
      usage: call.priced(this.#counted(call.model)),
    }
  }

  /** What was read from the cache is part of the prompt's tokens here. */
  #counted(model: string) {
    const { prompt_tokens: input = 0, completion_tokens: output = 0 } = this.#usage ?? {}
    const details = this.#usage?.prompt_tokens_details
    return {
      model,
      inputTokens: input,
      outputTokens: output,
      cacheReadTokens: details?.cached_tokens ?? 0,
      cacheWriteTokens: details?.cache_write_tokens ?? 0,
    }
  }
}

function callOf({ id, name, args }: Begun): ToolCall {
  const parsed = args.trim() === '' ? {} : objectIn(args)
  return parsed ? { id, name, args: parsed } : { id, name, args: {}, unreadable: args.slice(0, 500) }
}

function objectIn(text: string): JsonObject | null {
  try {
    const json: Json = JSON.parse(text)
    return isJsonObject(json) ? json : null
  } catch {
    return null
  }
}
