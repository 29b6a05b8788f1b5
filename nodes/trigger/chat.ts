import { defineTrigger, z } from '../kit/index.ts'

/** A name in an address, without a slash: pages have one place for it. */
const path = z
  .string()
  .max(60)
  .regex(/^[a-z0-9_-]+$/)

export const triggerChat = defineTrigger({
  id: 'trigger.chat',
  version: 1,
  title: 'Chat page',
  summary: 'Starts with every message people write on a chat page that anyone with its address can open.',
  group: 'trigger',
  icon: 'message-circle',
  line: 'When someone writes at /chat/{path}',
  starts: 'chat',
  params: z.object({
    path: path.meta({
      title: 'Path',
      description: 'The last part of the page’s address: lower-case letters, digits, - and _.',
      placeholder: 'support',
      static: true,
    }),
    title: z
      .string()
      .min(1)
      .max(80)
      .default('Chat')
      .meta({ title: 'Title', description: 'Stands above the chat.', static: true }),
    greeting: z
      .string()
      .max(1_000)
      .default('Hello! How can I help?')
      .meta({ title: 'Greeting', description: 'What people see first.', widget: 'multiline', static: true }),
    suggestions: z
      .array(z.string().min(1).max(120).meta({ static: true }))
      .max(6)
      .default([])
      .meta({
        title: 'Suggestions',
        description: 'First messages that are sent with one click, such as “Where is my order?”.',
        static: true,
      }),
    accent: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/)
      .optional()
      .meta({
        title: 'Colour',
        description: 'Of the page’s buttons, such as #0f766e.',
        placeholder: '#0f766e',
        static: true,
      }),
    answer: z
      .enum(['when_done', 'by_node'])
      .default('when_done')
      .meta({
        title: 'The answer',
        description:
          'When the run ends: its last output, or the text of it. With a Respond node: the body of that node. What an agent writes is shown while it writes.',
        options: { when_done: 'What the run ends with', by_node: 'What a Respond node says' },
        static: true,
      }),
  }),
  output: z.object({
    conversation: z.uuid().meta({
      title: 'Conversation',
      description: 'The same for all messages of one visitor’s chat; use it as an agent’s memory key.',
    }),
    message: z.string().meta({ title: 'Message' }),
  }),
  examples: [
    {
      title: 'Answer questions',
      params: {
        path: 'support',
        title: 'Acme support',
        greeting: 'Hello! Ask me about your order.',
        suggestions: ['Where is my order?', 'How do I return something?'],
      },
      output: {
        conversation: '0f8fad5b-d9cb-469f-a165-70867728950e',
        message: 'Where is my order?',
      },
    },
  ],
})
