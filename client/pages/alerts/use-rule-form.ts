import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#client/lib/trpc.ts'
import type { ChannelKind, ConditionKind, NewRule, RuleRow } from './row.ts'

export interface RuleDraft {
  name: string
  workflowId: string
  condition: ConditionKind
  percent: number
  minutes: number
  least: number
  channel: ChannelKind
  to: string
  connectionId: string
  slackChannel: string
  url: string
  quietMinutes: number
  enabled: boolean
}

function draftOf(rule: RuleRow | undefined): RuleDraft {
  const { condition, channel } = rule ?? {}
  const rate = condition?.kind === 'failure_rate' ? condition : { percent: 20, minutes: 15, least: 5 }
  return {
    name: rule?.name ?? '',
    workflowId: rule?.workflow?.id ?? '',
    condition: condition?.kind ?? 'failure',
    percent: rate.percent,
    minutes: rate.minutes,
    least: rate.least,
    channel: channel?.kind ?? 'email',
    to: channel?.kind === 'email' ? channel.to.join(', ') : '',
    connectionId: (channel && 'connectionId' in channel && channel.connectionId) || '',
    slackChannel: channel?.kind === 'slack' ? channel.channel : '',
    url: '',
    quietMinutes: rule?.quietMinutes ?? 15,
    enabled: rule?.enabled ?? true,
  }
}

export const addressesIn = (text: string) => text.split(/[\s,;]+/).filter((one) => one !== '')

/** Where the message goes; null while something about it is missing. */
function channelOf(draft: RuleDraft): NewRule['channel'] | null {
  const { connectionId } = draft
  switch (draft.channel) {
    case 'email': {
      const to = addressesIn(draft.to)
      return to.length === 0 ? null : { kind: 'email', to, ...(connectionId ? { connectionId } : {}) }
    }
    case 'slack':
      return connectionId && draft.slackChannel.trim()
        ? { kind: 'slack', channel: draft.slackChannel.trim(), connectionId }
        : null
    case 'slack_webhook':
    case 'webhook':
      return /^https?:\/\/./.test(draft.url.trim()) ? { kind: draft.channel, url: draft.url.trim() } : null
  }
  return draft.channel satisfies never
}

/** A rule as it is filled in, and the way to store it. */
export function useRuleForm(rule: RuleRow | undefined, onSaved: (signingSecret: string | null) => void) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(rule))
  const [tried, setTried] = useState(false)
  const done = async ({ signingSecret }: { signingSecret: string | null }) => {
    await queryClient.invalidateQueries(trpc.alerts.rules.pathFilter())
    onSaved(signingSecret)
  }
  const create = useMutation(trpc.alerts.createRule.mutationOptions({ onSuccess: done }))
  const update = useMutation(trpc.alerts.updateRule.mutationOptions({ onSuccess: done }))
  const channel = channelOf(draft)
  // A stored address is a secret that is not read back: left empty, it stays.
  const keepsChannel =
    rule?.channel.kind === draft.channel && 'host' in rule.channel && draft.url.trim() === ''
  const save = () => {
    setTried(true)
    const { name, workflowId, condition, percent, minutes, least, quietMinutes, enabled } = draft
    if (!name.trim() || (!channel && !keepsChannel)) return
    const shared = {
      name: name.trim(),
      workflowId: workflowId || null,
      condition:
        condition === 'failure_rate' ? { kind: condition, percent, minutes, least } : { kind: condition },
      quietMinutes,
      enabled,
    }
    if (rule) update.mutate({ ...shared, id: rule.id, ...(channel ? { channel } : {}) })
    else if (channel) create.mutate({ ...shared, channel })
  }
  return {
    draft,
    set: (change: Partial<RuleDraft>) => setDraft({ ...draft, ...change }),
    save,
    tried,
    keepsChannel,
    busy: create.isPending || update.isPending,
    error: create.error ?? update.error,
  }
}
