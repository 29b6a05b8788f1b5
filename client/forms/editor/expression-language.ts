import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  type Completion as Offer,
  startCompletion,
} from '@codemirror/autocomplete'
import { javascriptLanguage } from '@codemirror/lang-javascript'
import { LanguageSupport } from '@codemirror/language'
import { type Diagnostic, linter } from '@codemirror/lint'
import { type Extension, StateEffect } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { type Completion, complete } from '#nodes/graph/expression/complete.ts'
import { inferType } from '#nodes/graph/expression/types.ts'
import { previewText } from '../preview-text.ts'
import type { FieldScope } from '../scope.ts'

const LINT_PAUSE_MS = 250

/** What an expression may read, and what else is wrong with one; asked each time, as both change with every edit. */
export interface Known {
  scope: () => FieldScope
  problem: (source: string) => string | null
}

/** Tells an editor that what its expression may read has changed. */
export const scopeChanged = StateEffect.define<null>()

/**
 * What the editor of an expression knows: its syntax, what can be written where, and what is wrong.
 * Never reconfigured: that would close the list of completions at every letter.
 */
export function expressionLanguage({ scope, problem }: Known): Extension {
  return [
    new LanguageSupport(javascriptLanguage),
    autocompletion({
      override: [(context) => offers(context, scope())],
      icons: false,
      maxRenderedOptions: 60,
      activateOnTypingDelay: 60,
    }),
    linter((view) => marks(view.state.doc.toString(), scope(), problem), {
      delay: LINT_PAUSE_MS,
      needsRefresh: (update) =>
        update.transactions.some(({ effects }) => effects.some((effect) => effect.is(scopeChanged))),
    }),
  ]
}

function offers(context: CompletionContext, scope: FieldScope): CompletionResult | null {
  const source = context.state.doc.toString()
  const before = source.slice(0, context.pos)
  if (!context.explicit && !/[\w$.]$/.test(before)) return null
  const found = complete(source, context.pos, scope)
  const [first] = found
  if (!first) return null
  const from = Math.max(...found.map((offer) => offer.from))
  // A key that needs brackets starts before the dot, so the list is asked for again at every letter.
  return { from, to: first.to, options: found.map(asOption), filter: false }
}

function asOption(offer: Completion): Offer {
  return {
    label: offer.label,
    detail: offer.value === undefined ? offer.detail : previewText(offer.value, 32),
    type: offer.kind,
    apply: (view) => put(view, offer),
    ...(offer.doc || offer.example ? { info: () => about(offer) } : {}),
  }
}

function put(view: EditorView, offer: Completion) {
  const { apply, from, to } = offer
  const end = Math.max(to, view.state.selection.main.head)
  view.dispatch({
    changes: { from, to: end, insert: apply },
    selection: { anchor: from + apply.length },
    userEvent: 'input.complete',
  })
  if (offer.kind === 'root') startCompletion(view)
}

function about(offer: Completion): HTMLElement {
  const box = document.createElement('div')
  const lines: [string | undefined, string][] = [
    [offer.detail, 'cm-offer-signature'],
    [offer.doc, 'cm-offer-doc'],
    [offer.example, 'cm-offer-example'],
  ]
  for (const [text, className] of lines) {
    if (!text) continue
    const line = box.appendChild(document.createElement('div'))
    line.className = className
    line.textContent = text
  }
  return box
}

function marks(source: string, scope: FieldScope, problem: (source: string) => string | null): Diagnostic[] {
  if (source.trim() === '') return []
  const { problems } = inferType(source, scope.types)
  const found = problems.map(
    (one): Diagnostic => ({
      from: Math.min(one.start, source.length),
      to: Math.min(Math.max(one.end, one.start + 1), source.length),
      severity: 'error',
      message: one.message,
    }),
  )
  if (found.length > 0) return found
  const unfit = problem(source)
  return unfit === null ? [] : [{ from: 0, to: source.length, severity: 'warning', message: unfit }]
}
