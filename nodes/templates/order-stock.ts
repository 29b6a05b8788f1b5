import { connection, expr, step, text, threads } from './draw.ts'
import type { Template } from './template.ts'

const TELL =
  '`Order ${trigger.body.id}: ${trigger.body.quantity ?? 1} × ${trigger.body.sku} for ${trigger.body.customer}`'
const TELL_PT =
  '`Pedido ${trigger.body.id}: ${trigger.body.quantity ?? 1} × ${trigger.body.sku} para ${trigger.body.customer}`'

/** An order is paid only if the stock system has enough. Should anything fail after that, the charge is undone. */
export const orderStock: Template = {
  slug: 'order-stock',
  name: 'Take orders that are in stock',
  summary:
    'A shop sends an order: stock is checked, the card charged, goods reserved; when that fails, the money goes back.',
  icon: 'shopping-cart',
  tags: ['orders', 'webhook', 'stripe', 'slack'],
  readme: `Your shop posts each order to this workflow. It asks your stock system how many are left, charges the card through Stripe, reserves the goods and answers the shop. When the goods cannot be reserved after the card was charged, the shop hears *refused*, the run fails, and what *Charge the card* did is **undone**: the payment is refunded. Accepted orders are posted to a Slack channel.

## What you need

- A **Stripe** connection. The order brings the customer's saved payment method (\`pm_…\`).
- The address of your **stock system**. It is called as \`GET <address>?sku=…\` and answers \`{ "left": 12 }\`; goods are reserved with \`POST <address>\`. If it needs a key, choose a connection for it.
- A **Slack** connection, and a channel the app was invited to.

## Try it

Publish the workflow, then send an order to its address:

\`\`\`json
{ "id": "A-1001", "sku": "mug", "quantity": 2, "amount": 2500, "paymentMethod": "pm_card_visa", "customer": "Ada" }
\`\`\`

## Make it yours

- The answers' words are in *Accept*, *Refuse*, *Card declined* and *Refuse and refund*.
- *Refund the payment* hangs on the port *undo* of *Charge the card*: it runs whenever the run fails or is cancelled after the charge, and is tried again until it worked.
- The currency is in *Charge the card*.`,
  document: {
    format: 1,
    nodes: [
      step('order', {
        name: 'Order comes in',
        type: 'trigger.webhook',
        at: [0, 110],
        params: { method: 'POST', path: 'orders-in-stock', answer: 'by_node' },
      }),
      step('stock', {
        name: 'Ask the stock system',
        type: 'http.request',
        at: [300, 110],
        params: {
          method: 'GET',
          url: 'https://stock.example.com/items',
          query: { sku: expr('trigger.body.sku') },
        },
      }),
      step('enough', {
        name: 'Enough left?',
        type: 'flow.if',
        at: [600, 110],
        params: {
          conditions: {
            match: 'all',
            rules: [
              {
                left: expr('steps.stock.body.left'),
                op: 'at_least',
                right: expr('trigger.body.quantity ?? 1'),
              },
            ],
          },
        },
      }),
      step('refuse', {
        name: 'Refuse',
        type: 'flow.respond',
        at: [900, 330],
        params: { status: 409, body: { accepted: false, message: 'We do not have that many.' } },
      }),
      step('charge', {
        name: 'Charge the card',
        type: 'stripe.create_payment_intent',
        at: [900, 0],
        params: {
          amount: expr('trigger.body.amount'),
          currency: 'brl',
          payment: { kind: 'now', method: expr('trigger.body.paymentMethod') },
          metadata: { order: expr('trigger.body.id') },
        },
      }),
      step('declined', {
        name: 'Card declined',
        type: 'flow.respond',
        at: [1200, 220],
        params: { status: 402, body: { accepted: false, message: 'The card was declined.' } },
      }),
      step('reserve', {
        name: 'Reserve the goods',
        type: 'http.request',
        at: [1200, 0],
        params: {
          method: 'POST',
          url: 'https://stock.example.com/items',
          body: {
            kind: 'json',
            json: {
              order: expr('trigger.body.id'),
              sku: expr('trigger.body.sku'),
              quantity: expr('trigger.body.quantity ?? 1'),
            },
          },
        },
      }),
      step('refund', {
        name: 'Refund the payment',
        type: 'stripe.create_refund',
        at: [1200, 330],
        params: { payment: expr('input.id') },
        reliability: { attempts: 10, delayMs: 5_000 },
      }),
      step('sorry', {
        name: 'Refuse and refund',
        type: 'flow.respond',
        at: [1500, 220],
        params: {
          status: 409,
          body: { accepted: false, message: 'Somebody was faster. Your money is on its way back.' },
        },
      }),
      step('give_up', {
        name: 'Give up',
        type: 'flow.stop',
        at: [1800, 220],
        params: { message: 'The goods could not be reserved.', code: 'not_reserved' },
      }),
      step('accept', {
        name: 'Accept',
        type: 'flow.respond',
        at: [1500, 0],
        params: { status: 200, body: { accepted: true, message: 'Thank you for your order.' } },
      }),
      step('tell', {
        name: 'Tell the team',
        type: 'slack.post',
        at: [1800, 0],
        params: { channel: '#orders', text: expr(TELL) },
      }),
    ],
    edges: threads(
      'order>stock',
      'stock>enough',
      'enough:no>refuse',
      'enough:yes>charge',
      'charge:error>declined',
      'charge>reserve',
      'reserve>accept',
      'accept>tell',
      'reserve:error>sorry',
      'sorry>give_up',
      'charge:undo>refund',
    ),
  },
  parameters: [
    connection('stripe', { label: 'Stripe', kinds: ['stripe.key'], nodes: ['charge', 'refund'] }),
    text('stock_url', {
      label: 'Address of your stock system',
      help: 'Called with ?sku=… and expected to answer how many are left.',
      places: ['stock.params.url', 'reserve.params.url'],
      default: 'https://stock.example.com/items',
    }),
    connection('stock_key', {
      label: 'Key of your stock system',
      help: 'Leave it empty if it needs none.',
      kinds: ['http.header', 'http.bearer', 'http.basic'],
      nodes: ['stock', 'reserve'],
      required: false,
    }),
    connection('slack', { label: 'Slack', kinds: ['slack.bot'], nodes: ['tell'] }),
    text('channel', { label: 'Channel for new orders', places: ['tell.params.channel'], default: '#orders' }),
  ],
  translations: {
    'pt-BR': {
      name: 'Aceitar pedidos que há em estoque',
      summary:
        'A loja envia um pedido: o estoque é consultado, o cartão cobrado, os itens reservados; se falhar, o dinheiro volta.',
      readme: `Sua loja envia cada pedido para este fluxo. Ele pergunta ao sistema de estoque quantos restam, cobra o cartão pelo Stripe, reserva os itens e responde à loja. Se os itens não puderem ser reservados depois da cobrança, a loja ouve *recusado*, a execução falha e o que *Cobrar o cartão* fez é **desfeito**: o pagamento é devolvido. Pedidos aceitos vão para um canal do Slack.

## Do que você precisa

- Uma conexão com o **Stripe**. O pedido traz o meio de pagamento salvo do cliente (\`pm_…\`).
- O endereço do seu **sistema de estoque**. Ele é chamado como \`GET <endereço>?sku=…\` e responde \`{ "left": 12 }\`; os itens são reservados com \`POST <endereço>\`. Se exigir uma chave, escolha uma conexão.
- Uma conexão com o **Slack** e um canal para o qual o app foi convidado.

## Experimente

Publique o fluxo e envie um pedido ao endereço dele:

\`\`\`json
{ "id": "A-1001", "sku": "caneca", "quantity": 2, "amount": 2500, "paymentMethod": "pm_card_visa", "customer": "Ada" }
\`\`\`

## Deixe do seu jeito

- As palavras das respostas estão em *Aceitar*, *Recusar*, *Cartão recusado* e *Recusar e devolver*.
- *Devolver o pagamento* está ligado à saída *desfazer* de *Cobrar o cartão*: roda sempre que a execução falha ou é cancelada depois da cobrança, e é tentado de novo até dar certo.
- A moeda está em *Cobrar o cartão*.`,
      texts: {
        'Order comes in': 'Chega um pedido',
        'Ask the stock system': 'Consultar o estoque',
        'Enough left?': 'Há o bastante?',
        Refuse: 'Recusar',
        'We do not have that many.': 'Não temos tantos.',
        'Charge the card': 'Cobrar o cartão',
        'Card declined': 'Cartão recusado',
        'The card was declined.': 'O cartão foi recusado.',
        'Reserve the goods': 'Reservar os itens',
        'Refund the payment': 'Devolver o pagamento',
        'Refuse and refund': 'Recusar e devolver',
        'Somebody was faster. Your money is on its way back.':
          'Alguém foi mais rápido. Seu dinheiro está voltando.',
        'Give up': 'Desistir',
        'The goods could not be reserved.': 'Os itens não puderam ser reservados.',
        Accept: 'Aceitar',
        'Thank you for your order.': 'Obrigado pelo pedido.',
        'Tell the team': 'Avisar a equipe',
        '#orders': '#pedidos',
        [TELL]: TELL_PT,
        'Address of your stock system': 'Endereço do seu sistema de estoque',
        'Called with ?sku=… and expected to answer how many are left.':
          'Chamado com ?sku=…; deve responder quantos restam.',
        'Key of your stock system': 'Chave do seu sistema de estoque',
        'Leave it empty if it needs none.': 'Deixe vazio se não precisar de chave.',
        'Channel for new orders': 'Canal dos novos pedidos',
      },
    },
  },
  sample: {
    values: {},
    trigger: {
      method: 'POST',
      path: 'orders-in-stock',
      headers: {},
      query: {},
      body: {
        id: 'A-1001',
        sku: 'mug',
        quantity: 2,
        amount: 2500,
        paymentMethod: 'pm_card_visa',
        customer: 'Ada',
      },
    },
  },
}
