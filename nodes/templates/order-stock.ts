import type { Template } from './template.ts'

/** An order is taken only if the stock system has enough; the team hears of it. */
export const orderStock: Template = {
  slug: 'order-stock',
  name: 'Take orders that are in stock',
  summary: 'A shop sends an order, your stock system is asked, the shop is answered and your team told.',
  icon: 'shopping-cart',
  tags: ['orders', 'webhook', 'slack'],
  readme: `Your shop posts each order to this workflow. It asks your stock system how many are left and answers the shop at once: **accepted** or **refused**. Accepted orders are posted to a Slack channel.

## What you need

- A **Slack** connection, and a channel the app was invited to.
- The address of your **stock system**. It is called as \`GET <address>?sku=…\` and answers \`{ "left": 12 }\`. If it needs a key, choose a connection for it.

## Try it

Publish the workflow, then send an order to its address:

\`\`\`json
{ "id": "A-1001", "sku": "mug", "quantity": 2, "customer": "Ada" }
\`\`\`

## Make it yours

- The answer's words are in *Accept* and *Refuse*.
- Add a payment step between *Enough left?* and *Accept*.`,
  document: {
    format: 1,
    nodes: [
      {
        key: 'order',
        type: 'trigger.webhook',
        version: 1,
        name: 'Order comes in',
        params: { method: 'POST', path: 'orders-in-stock', answer: 'by_node' },
        position: { x: 0, y: 110 },
      },
      {
        key: 'stock',
        type: 'http.request',
        version: 1,
        name: 'Ask the stock system',
        params: {
          method: 'GET',
          url: 'https://stock.example.com/items',
          query: { sku: { expr: 'trigger.body.sku' } },
        },
        position: { x: 300, y: 110 },
      },
      {
        key: 'enough',
        type: 'flow.if',
        version: 1,
        name: 'Enough left?',
        params: {
          conditions: {
            match: 'all',
            rules: [
              {
                left: { expr: 'steps.stock.body.left' },
                op: 'at_least',
                right: { expr: 'trigger.body.quantity ?? 1' },
              },
            ],
          },
        },
        position: { x: 600, y: 110 },
      },
      {
        key: 'accept',
        type: 'flow.respond',
        version: 1,
        name: 'Accept',
        params: { status: 200, body: { accepted: true, message: 'Thank you for your order.' } },
        position: { x: 900, y: 0 },
      },
      {
        key: 'tell',
        type: 'slack.post',
        version: 1,
        name: 'Tell the team',
        params: {
          channel: '#orders',
          text: {
            expr: '`Order ${trigger.body.id}: ${trigger.body.quantity ?? 1} × ${trigger.body.sku} for ${trigger.body.customer}`',
          },
        },
        position: { x: 1200, y: 0 },
      },
      {
        key: 'refuse',
        type: 'flow.respond',
        version: 1,
        name: 'Refuse',
        params: { status: 409, body: { accepted: false, message: 'We do not have that many.' } },
        position: { x: 900, y: 220 },
      },
    ],
    edges: [
      { from: 'order', port: 'out', to: 'stock' },
      { from: 'stock', port: 'out', to: 'enough' },
      { from: 'enough', port: 'yes', to: 'accept' },
      { from: 'accept', port: 'out', to: 'tell' },
      { from: 'enough', port: 'no', to: 'refuse' },
    ],
  },
  parameters: [
    {
      kind: 'text',
      key: 'stock_url',
      label: 'Address of your stock system',
      help: 'Called with ?sku=… and expected to answer how many are left.',
      targets: [{ node: 'stock', path: ['params', 'url'] }],
      default: 'https://stock.example.com/items',
    },
    {
      kind: 'connection',
      key: 'stock_key',
      label: 'Key of your stock system',
      help: 'Leave it empty if it needs none.',
      kinds: ['http.header', 'http.bearer', 'http.basic'],
      targets: [{ node: 'stock', path: ['connection'] }],
      required: false,
    },
    {
      kind: 'connection',
      key: 'slack',
      label: 'Slack',
      help: '',
      kinds: ['slack.bot'],
      targets: [{ node: 'tell', path: ['connection'] }],
      required: true,
    },
    {
      kind: 'text',
      key: 'channel',
      label: 'Channel for new orders',
      help: '',
      targets: [{ node: 'tell', path: ['params', 'channel'] }],
      default: '#orders',
    },
  ],
  translations: {
    'pt-BR': {
      name: 'Aceitar pedidos que há em estoque',
      summary:
        'A loja envia um pedido, o sistema de estoque é consultado, a loja recebe a resposta e a equipe é avisada.',
      readme: `Sua loja envia cada pedido para este fluxo. Ele pergunta ao sistema de estoque quantos restam e responde à loja na hora: **aceito** ou **recusado**. Pedidos aceitos vão para um canal do Slack.

## Do que você precisa

- Uma conexão com o **Slack** e um canal para o qual o app foi convidado.
- O endereço do seu **sistema de estoque**. Ele é chamado como \`GET <endereço>?sku=…\` e responde \`{ "left": 12 }\`. Se exigir uma chave, escolha uma conexão.

## Experimente

Publique o fluxo e envie um pedido ao endereço dele:

\`\`\`json
{ "id": "A-1001", "sku": "caneca", "quantity": 2, "customer": "Ada" }
\`\`\`

## Deixe do seu jeito

- As palavras da resposta estão em *Aceitar* e *Recusar*.
- Ponha um passo de pagamento entre *Há o bastante?* e *Aceitar*.`,
      texts: {
        'Order comes in': 'Chega um pedido',
        'Ask the stock system': 'Consultar o estoque',
        'Enough left?': 'Há o bastante?',
        Accept: 'Aceitar',
        'Tell the team': 'Avisar a equipe',
        Refuse: 'Recusar',
        'Thank you for your order.': 'Obrigado pelo pedido.',
        'We do not have that many.': 'Não temos tantos.',
        '#orders': '#pedidos',
        '`Order ${trigger.body.id}: ${trigger.body.quantity ?? 1} × ${trigger.body.sku} for ${trigger.body.customer}`':
          '`Pedido ${trigger.body.id}: ${trigger.body.quantity ?? 1} × ${trigger.body.sku} para ${trigger.body.customer}`',
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
      headers: {},
      query: {},
      body: { id: 'A-1001', sku: 'mug', quantity: 2, customer: 'Ada' },
    },
  },
}
