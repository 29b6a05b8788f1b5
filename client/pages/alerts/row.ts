import type { Inputs, Outputs } from '#client/lib/router-types.ts'

export type AlertRow = Outputs['alerts']['list']['items'][number]
export type RuleRow = Outputs['alerts']['rules'][number]
export type NewRule = Inputs['alerts']['createRule']
export const conditionKinds = ['failure', 'failure_rate', 'missed_schedule'] as const
export const channelKinds = ['email', 'slack', 'slack_webhook', 'webhook'] as const
export type ConditionKind = (typeof conditionKinds)[number]
export type ChannelKind = (typeof channelKinds)[number]
