/** Words of agents, their tools and what they cost. */
export const agents = {
  tools: 'Tools',
  fills: 'Agent fills this',
  fillsWith: 'What the agent puts into {field}',
  fillsHint: 'What the agent is to put here',
  tool: {
    title: 'Tool',
    intro: 'The agent calls this step when it needs it.',
    name: 'Name',
    nameHelp: 'What the model calls it by. Lower-case letters, digits and _.',
    description: 'Description for the agent',
    descriptionHelp: 'What it does, and when to use it. Without one the agent reads what the step is.',
    approval: 'Who approves each call',
    approvalHelp:
      'The run waits until someone with this role, or a higher one, has looked at what the agent wants to do.',
    nobody: 'Nobody',
    editor: 'An editor',
    admin: 'An admin',
    owner: 'An owner',
  },
} as const
