import type { Problem } from '../document.ts'

/** Everything that can be wrong with a draft, in the words a maker reads. `{name}` is filled from the values. */
export const problemMessages = {
  no_trigger: 'Add a trigger: it is what starts the workflow.',
  too_many_nodes: 'A workflow holds at most {limit} nodes; this one has {count}.',
  too_many_edges: 'A workflow holds at most {limit} edges; this one has {count}.',
  ordering_key: 'The ordering key in the settings is not an expression: {why}',
  duplicate_key: 'Two nodes have the key "{key}". Rename one of them.',
  unknown_type: 'There is no node of the type "{type}".',
  unknown_version: 'There is no version {version} of the node "{type}".',
  unknown_parent: 'It sits in "{parent}", which does not exist.',
  parent_not_frame: 'It sits in "{parent}", which cannot hold other nodes.',
  parent_cycle: 'These frames sit inside each other: {keys}.',
  trigger_in_frame: 'A trigger cannot sit inside a frame.',
  empty_frame: 'There is nothing inside it to run.',
  unreachable: 'Nothing leads here from a trigger, so it never runs.',
  cycle: 'These steps lead back to where they began: {keys}. Remove an edge between them.',
  undo_nested: '"{key}" helps to undo a step, so nothing can undo it in turn.',
  undo_shared: '"{key}" undoes "{other}" already. Make a copy of it for this step.',
  undo_mixed:
    'What undoes a step is walked by itself: no edge can lead there from elsewhere, nor away ("{from}" to "{to}").',
  section_outside: 'The way "{port}" of "{from}" leads inside that frame only.',
  section_mixed:
    'Steps, catch and finally of a Try are walked one after another: no edge can lead from one to another ("{from}" to "{to}").',
  unknown_edge_end: 'This edge leads from or to "{key}", which does not exist.',
  duplicate_edge: 'This edge is drawn twice.',
  unknown_port: '"{from}" has no way out called "{port}".',
  edge_across_scopes:
    'An edge cannot cross the border of a frame: "{from}" and "{to}" sit in different ones.',
  edge_into_trigger: 'Nothing can lead into a trigger.',
  repeat_on_trigger: 'A trigger cannot repeat.',
  repeat_on_frame: 'A frame cannot repeat; put it inside a For each.',
  repeat_on_ports: 'A node with several ways out cannot repeat; put it inside a For each.',
  missing_parameter: '{title} is missing.',
  unknown_parameter: 'It has no parameter called "{name}", so that is left out.',
  wrong_type: '{title} takes {expected}, and this is {found}.',
  wrong_choice: '{title} must be one of: {choices}.',
  too_small: '{title} must be at least {limit}.',
  too_large: '{title} must be at most {limit}.',
  too_short: '{title} needs at least {limit} characters.',
  too_long: '{title} holds at most {limit} characters.',
  too_few: '{title} needs at least {limit}.',
  too_many: '{title} holds at most {limit}.',
  wrong_url: '{title} must be a whole address, such as https://example.com.',
  wrong_date: '{title} must be a date and time with a zone, such as 2027-01-31T09:00:00Z.',
  wrong_pattern: '{title} is not written as it should be.',
  too_deep: '{title} is nested too deep.',
  duplicate_port: 'Two cases have the path "{port}". Rename one of them.',
  static_expression: '{title} must be a fixed value, not an expression.',
  expression_too_long: 'The expression has more than {limit} characters.',
  expression_error: '{reason}',
  expression_type: '{title} takes {expected}, and this expression gives {found}.',
  unknown_step: 'There is no step called "{step}".',
  step_not_upstream: '"{step}" does not come before this step, so its output is not known here.',
  item_outside: 'item and index are known only inside a For each or a Repeat, and in a step that repeats.',
  not_a_tool: '"{key}" cannot be a tool: only a step that gives something back can.',
  tool_edges: '"{key}" is a tool of an agent, so nothing else may lead to it or away from it.',
  tool_shared: '"{key}" is a tool of "{other}" already. Make a copy of it for this agent.',
  tool_name_taken: 'Two tools of "{agent}" are called "{name}". Rename one of them.',
  tool_cycle: 'These agents are tools of each other in a circle: {keys}. Take one of them away.',
  repeat_on_tool: 'A tool cannot repeat: the agent calls it as often as it needs.',
  agent_outside_tool:
    '{title} is left to an agent, but this step is no tool of one. Fill it in, or connect the step to an agent.',
  agent_static: '{title} must be a fixed value, so it cannot be left to the agent.',
  missing_connection: 'Choose a connection.',
  unknown_connection: 'Its connection does not exist any more. Choose another.',
  wrong_connection: 'This node does not take a connection of the kind "{kind}".',
  reliability_not_here: 'There is nothing to repeat or to limit here, so these settings do nothing.',
  cache_on_effect: 'What this step does must be done each time, so its output cannot be kept.',
  breaker_on_nothing: 'This step reaches nothing outside, so there is nothing to leave alone for a while.',
  pause_without_retry: 'It is tried only once, so there is no pause between attempts.',
  duplicate_webhook: '"{other}" already answers {method} /{path}. Change the path or the method.',
  wrong_cron: 'This is not a cron rule of five or six fields: {reason}',
  cron_never: 'This rule has no next time: no such date comes.',
  unknown_zone: 'There is no time zone called "{zone}".',
  respond_missing: 'No Respond node follows this webhook, so its caller gets the output when the run ends.',
  respond_unused: 'No webhook before it waits for a Respond node, so it answers nobody.',
} as const

export type ProblemCode = keyof typeof problemMessages

const warnings: ReadonlySet<ProblemCode> = new Set([
  'unreachable',
  'empty_frame',
  'unknown_parameter',
  'respond_missing',
  'reliability_not_here',
  'breaker_on_nothing',
  'pause_without_retry',
  'respond_unused',
])

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'an object',
  null: 'nothing',
}

type Place = Pick<Problem, 'node' | 'field' | 'edge'>

/** A problem with its words; `expected` and `found` are type names, which the message spells out. */
export function problem(code: ProblemCode, place: Place, values: Problem['values'] = {}): Problem {
  const words = new Map(Object.entries(values))
  const word = (name: string) => {
    const value = String(words.get(name) ?? '')
    if (name !== 'expected' && name !== 'found') return value
    return value
      .split('|')
      .map((type) => typeWords[type] ?? type)
      .join(' or ')
  }
  return {
    severity: warnings.has(code) ? 'warning' : 'error',
    code,
    message: problemMessages[code].replace(/\{(\w+)\}/g, (_, name: string) => word(name)),
    ...(words.size > 0 ? { values } : {}),
    ...place,
  }
}
