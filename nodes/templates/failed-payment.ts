import { connection, expr, step, text, threads } from './draw.ts'
import type { Template } from './template.ts'

/** A payment failed: the customer is written to at once and again after three days, unless it was paid meanwhile. */
export const failedPayment: Template = {
  slug: 'failed-payment',
  name: 'Follow up failed payments',
  summary:
    'When a Stripe payment fails, writes to the customer, waits three days, looks again and tells your team.',
  icon: 'credit-card',
  tags: ['stripe', 'email', 'payments'],
  readme: `Starts when Stripe says that a payment failed. The customer gets an e-mail. Three days later the payment is looked at again: still open, your team hears of it; paid, nothing more happens. The wait survives restarts and holds no worker.

## What you need

- A **Stripe** connection with its webhook secret; enter the address this workflow shows at Stripe, for *payment_intent.payment_failed*.
- An **SMTP** connection and the address it sends from.
- A **Slack** connection.

## Make it yours

- How long it waits is in *Wait three days*.
- The words are in *Write to the customer*.`,
  document: {
    format: 1,
    nodes: [
      step('failed', {
        name: 'Payment failed',
        type: 'stripe.event',
        at: [0, 0],
        params: { events: ['payment_intent.payment_failed'] },
      }),
      step('write', {
        name: 'Write to the customer',
        type: 'email.send',
        at: [300, 0],
        params: {
          from: 'Shop <shop@example.com>',
          to: [expr('trigger.object.receipt_email')],
          subject: 'Your payment did not go through',
          body: {
            kind: 'text',
            text: 'Hello,\n\nyour payment did not go through. Please try again with the link in your order, or answer this message.\n\nThank you!',
          },
        },
      }),
      step('wait', {
        name: 'Wait three days',
        type: 'flow.wait',
        at: [600, 0],
        params: { wait: { kind: 'for', amount: 3, unit: 'days' } },
      }),
      step('look', {
        name: 'Look at it again',
        type: 'stripe.get_payment_intent',
        at: [900, 0],
        params: { payment: expr('trigger.object.id') },
      }),
      step('paid', {
        name: 'Paid meanwhile?',
        type: 'flow.if',
        at: [1200, 0],
        params: {
          conditions: {
            match: 'all',
            rules: [{ left: expr('steps.look.status'), op: 'equals', right: 'succeeded' }],
          },
        },
      }),
      step('tell', {
        name: 'Tell the team',
        type: 'slack.post',
        at: [1500, 110],
        params: {
          channel: '#payments',
          text: expr(
            '`Still not paid after three days: ${trigger.object.receipt_email}, ${steps.look.amount / 100} ${steps.look.currency}`',
          ),
        },
      }),
    ],
    edges: threads('failed>write', 'write>wait', 'wait>look', 'look>paid', 'paid:no>tell'),
  },
  parameters: [
    connection('stripe', { label: 'Stripe', kinds: ['stripe.key'], nodes: ['failed', 'look'] }),
    connection('mail', { label: 'Mail server', kinds: ['email.smtp'], nodes: ['write'] }),
    text('from', { label: 'Sender', places: ['write.params.from'], default: 'Shop <shop@example.com>' }),
    connection('slack', { label: 'Slack', kinds: ['slack.bot'], nodes: ['tell'] }),
    text('channel', { label: 'Channel to tell', places: ['tell.params.channel'], default: '#payments' }),
  ],
  translations: {
    'pt-BR': {
      name: 'Acompanhar pagamentos que falharam',
      summary:
        'Quando um pagamento no Stripe falha, escreve ao cliente, espera três dias, olha de novo e avisa a equipe.',
      readme: `Começa quando o Stripe diz que um pagamento falhou. O cliente recebe um e-mail. Três dias depois o pagamento é olhado de novo: ainda aberto, a equipe fica sabendo; pago, nada mais acontece. A espera sobrevive a reinícios e não ocupa ninguém.

## Do que você precisa

- Uma conexão com o **Stripe** com o segredo do webhook; informe no Stripe o endereço que este fluxo mostra, para *payment_intent.payment_failed*.
- Uma conexão **SMTP** e o endereço de onde ela envia.
- Uma conexão com o **Slack**.

## Deixe do seu jeito

- Quanto ele espera está em *Esperar três dias*.
- As palavras estão em *Escrever ao cliente*.`,
      texts: {
        'Payment failed': 'Pagamento falhou',
        'Write to the customer': 'Escrever ao cliente',
        'Your payment did not go through': 'Seu pagamento não passou',
        'Hello,\n\nyour payment did not go through. Please try again with the link in your order, or answer this message.\n\nThank you!':
          'Olá,\n\nseu pagamento não passou. Tente de novo pelo link do pedido, ou responda esta mensagem.\n\nObrigado!',
        'Wait three days': 'Esperar três dias',
        'Look at it again': 'Olhar de novo',
        'Paid meanwhile?': 'Pagou nesse meio-tempo?',
        'Tell the team': 'Avisar a equipe',
        '`Still not paid after three days: ${trigger.object.receipt_email}, ${steps.look.amount / 100} ${steps.look.currency}`':
          '`Ainda não pago depois de três dias: ${trigger.object.receipt_email}, ${steps.look.amount / 100} ${steps.look.currency}`',
        'Mail server': 'Servidor de e-mail',
        Sender: 'Remetente',
        'Shop <shop@example.com>': 'Loja <shop@example.com>',
        'Channel to tell': 'Canal a avisar',
        '#payments': '#pagamentos',
      },
    },
  },
  sample: {
    values: {},
    trigger: {
      id: 'evt_1',
      type: 'payment_intent.payment_failed',
      live: false,
      object: { id: 'pi_1', object: 'payment_intent', amount: 1050, receipt_email: 'ada@example.com' },
      before: {},
    },
  },
}
