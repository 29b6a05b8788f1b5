import { connection, expr, step, text, threads } from './draw.ts'
import type { Template } from './template.ts'

/** Expenses come by a form; large ones wait for an admin, and everybody hears how it went. */
export const expenseApproval: Template = {
  slug: 'expense-approval',
  name: 'Approve expenses',
  summary:
    'Expenses come by a form; small ones pass, others wait for an approval on any phone. The person hears by e-mail.',
  icon: 'wallet',
  tags: ['form', 'approval', 'finance'],
  readme: `People hand in expenses on a form page. Up to the limit they pass by themselves. Above it an admin decides: under *Tasks*, on any phone, with a comment and the amount editable. After three days the owners are asked too; after fourteen it counts as refused. The person hears by e-mail how it went.

## What you need

- An **SMTP** connection and the address it sends from.

## Make it yours

- The limit is in *Small enough?*.
- Who decides and how long they have is in *Ask for approval*.`,
  document: {
    format: 1,
    nodes: [
      step('form', {
        name: 'Expense form',
        type: 'trigger.form',
        at: [0, 110],
        params: {
          path: 'expenses',
          title: 'Expenses',
          description: 'Hand in what you paid for us.',
          fields: [
            { name: 'email', label: 'Your e-mail address', kind: 'email', required: true, options: [] },
            { name: 'what', label: 'What was it for?', kind: 'text', required: true, options: [] },
            { name: 'amount', label: 'Amount', kind: 'number', required: true, options: [] },
          ],
          answer: 'thanks',
          thanks: 'Thank you. You will hear from us by e-mail.',
        },
      }),
      step('small', {
        name: 'Small enough?',
        type: 'flow.if',
        at: [300, 110],
        params: {
          conditions: {
            match: 'all',
            rules: [{ left: expr('trigger.fields.amount'), op: 'at_most', right: 50 }],
          },
        },
      }),
      step('ask', {
        name: 'Ask for approval',
        type: 'person.approval',
        at: [600, 220],
        params: {
          title: expr('`Pay ${trigger.fields.amount} back to ${trigger.fields.email}?`'),
          message: expr('trigger.fields.what'),
          data: { amount: expr('trigger.fields.amount') },
          editable: true,
          role: 'admin',
          escalate: { kind: 'after', amount: 3, unit: 'days', to: 'owner' },
          deadline: { kind: 'after', amount: 14, unit: 'days' },
        },
      }),
      step('paid', {
        name: 'Tell that it is paid',
        type: 'email.send',
        at: [900, 0],
        params: {
          from: 'Office <office@example.com>',
          to: [expr('trigger.fields.email')],
          subject: 'Your expense is accepted',
          body: { kind: 'text', text: 'Your expense is accepted. It comes with the next salary.' },
        },
      }),
      step('refused', {
        name: 'Tell that it is not',
        type: 'email.send',
        at: [900, 330],
        params: {
          from: 'Office <office@example.com>',
          to: [expr('trigger.fields.email')],
          subject: 'Your expense is not accepted',
          body: {
            kind: 'text',
            text: expr("`Your expense is not accepted. ${steps.ask.comment ?? ''}`"),
          },
        },
      }),
    ],
    edges: threads(
      'form>small',
      'small:yes>paid',
      'small:no>ask',
      'ask:approved>paid',
      'ask:rejected>refused',
      'ask:expired>refused',
    ),
  },
  parameters: [
    connection('mail', { label: 'Mail server', kinds: ['email.smtp'], nodes: ['paid', 'refused'] }),
    text('from', {
      label: 'Sender',
      places: ['paid.params.from', 'refused.params.from'],
      default: 'Office <office@example.com>',
    }),
  ],
  translations: {
    'pt-BR': {
      name: 'Aprovar despesas',
      summary:
        'Despesas chegam por um formulário; as pequenas passam, as outras esperam aprovação em qualquer celular. A pessoa sabe por e-mail.',
      readme: `As pessoas entregam despesas em uma página de formulário. Até o limite, passam sozinhas. Acima dele um admin decide: em *Tarefas*, em qualquer celular, com um comentário e o valor editável. Depois de três dias os donos também são perguntados; depois de quatorze conta como recusada. A pessoa fica sabendo por e-mail.

## Do que você precisa

- Uma conexão **SMTP** e o endereço de onde ela envia.

## Deixe do seu jeito

- O limite está em *Pequena o bastante?*.
- Quem decide e em quanto tempo está em *Pedir aprovação*.`,
      texts: {
        'Expense form': 'Formulário de despesas',
        Expenses: 'Despesas',
        'Hand in what you paid for us.': 'Entregue o que você pagou por nós.',
        'Your e-mail address': 'Seu e-mail',
        'What was it for?': 'Para que foi?',
        Amount: 'Valor',
        'Thank you. You will hear from us by e-mail.': 'Obrigado. Você terá notícias por e-mail.',
        'Small enough?': 'Pequena o bastante?',
        'Ask for approval': 'Pedir aprovação',
        '`Pay ${trigger.fields.amount} back to ${trigger.fields.email}?`':
          '`Devolver ${trigger.fields.amount} a ${trigger.fields.email}?`',
        'Tell that it is paid': 'Avisar que foi paga',
        'Office <office@example.com>': 'Escritório <office@example.com>',
        'Your expense is accepted': 'Sua despesa foi aceita',
        'Your expense is accepted. It comes with the next salary.':
          'Sua despesa foi aceita. Vem com o próximo salário.',
        'Tell that it is not': 'Avisar que não foi',
        'Your expense is not accepted': 'Sua despesa não foi aceita',
        "`Your expense is not accepted. ${steps.ask.comment ?? ''}`":
          "`Sua despesa não foi aceita. ${steps.ask.comment ?? ''}`",
        'Mail server': 'Servidor de e-mail',
        Sender: 'Remetente',
      },
    },
  },
  sample: {
    values: {},
    trigger: {
      fields: { email: 'ada@example.com', what: 'A keyboard', amount: 120 },
      submittedAt: '2026-01-01T09:00:00.000Z',
    },
  },
}
